// Starts the page /docs. Kept apart because the policy forbids inline scripts.
function proof() {
  return document.cookie.match(/(?:^|; )sarau_csrf=([^;]*)/)?.[1]
}

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // Who is signed in in this browser tries things out as themselves.
  requestInterceptor(request) {
    const csrf = proof()
    if (csrf) request.headers["X-CSRF-Token"] = csrf
    return request
  },
})
