"""A contract for import-linter: what one slice may take from another."""

from importlinter import Contract, ContractCheck, fields, output

PRIVATE = {"tables", "reactions", "jobs"}


class SliceSurface(Contract):
    """Reactions and jobs belong to their slice alone; its tables only other slices' queries may read."""

    root = fields.StringField()
    slices = fields.ListField(subfield=fields.StringField())
    composers = fields.ListField(subfield=fields.StringField())

    def check(self, graph, verbose):
        """Return every import that takes what is private."""
        bad = [
            (importer, imported)
            for importer in sorted(graph.modules)
            if importer.startswith(f"{self.root}.") and not self._composes(importer)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_private_to_another(importer, imported)
        ]
        return ContractCheck(kept=not bad, metadata={"bad": bad})

    def render_broken_contract(self, check):
        """Print what was found."""
        for importer, imported in check.metadata["bad"]:
            output.print_error(f"{importer} may not import {imported}")

    def _composes(self, module):
        return any(module == one or module.startswith(f"{one}.") for one in self.composers)

    def _slice_of(self, module):
        return next((one for one in self.slices if module == one or module.startswith(f"{one}.")), None)

    def _is_private_to_another(self, importer, imported):
        mine, theirs = self._slice_of(importer), self._slice_of(imported)
        if theirs is None or theirs == mine or imported == theirs:
            return False
        part = imported[len(theirs) + 1 :].split(".")[0]
        if part not in PRIVATE:
            return False
        asks = mine is not None and importer[len(mine) + 1 :].split(".")[0] == "queries"
        return not (part == "tables" and asks)
