"""What can go wrong while devices are kept in sync."""

from sarau.foundation.errors import Conflict, Invalid, NotFound, Unavailable


class DeviceNotFound(NotFound):
    """There is no such device, or it is somebody else's."""

    code = "device_not_found"
    message = "You have no such device."


class TooManyDevices(Conflict):
    """Somebody has as many devices as they may."""

    code = "too_many_devices"
    message = "You have too many devices: forget one that you use no more."


class TooManyHeld(Conflict):
    """A device says it holds more files than we keep in mind."""

    code = "too_many_held"
    message = "A device cannot hold so many files."


class UploadNotFound(NotFound):
    """There is no such upload under way, or it is somebody else's, or its time is over."""

    code = "upload_not_found"
    message = "You have no such upload under way."


class TooManyUploads(Conflict):
    """Somebody has as many uploads under way as they may."""

    code = "too_many_uploads"
    message = "You have too many uploads under way: finish or cancel one."


class WrongOffset(Conflict):
    """A part does not begin where the upload is; `offset_bytes` in the data tells where that is."""

    code = "wrong_offset"
    message = "This part does not begin where the upload is."


class PartDamaged(Invalid):
    """A part is not what its checksum says."""

    code = "part_damaged"


class UploadDamaged(Invalid):
    """All bytes came, and they are not what the hash says; the upload is dropped."""

    code = "upload_damaged"


class OffsetBeyondEnd(Invalid):
    """The file ends before the bytes asked for."""

    code = "offset_beyond_end"


class ListingInterrupted(Unavailable):
    """What a person may hear changed so that the listing under way is worth nothing."""

    code = "listing_interrupted"
    message = "Libraries were closed to you while they were listed: ask again from your last cursor."
