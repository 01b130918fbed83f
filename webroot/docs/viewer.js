// Shows the server's own OpenAPI document. A file of its own, since the page allows no inline script.
const viewer = document.querySelector('#viewer');

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#viewer',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
});

/** Names what Swagger UI leaves without a name, for those who cannot see what is beside it (WCAG 1.3.1, 4.1.2). */
function nameControls() {
  // Links within a button: the button does the same.
  for (const link of viewer.querySelectorAll('.opblock-summary-control a[href]')) link.removeAttribute('href');
  for (const operation of viewer.querySelectorAll('.opblock')) {
    const name = operation.querySelector('.opblock-summary-path')?.textContent ?? 'the operation';
    label(operation.querySelectorAll('.body-param textarea'), `Request body of ${name}`);
    const method = operation.querySelector('.opblock-summary-method')?.textContent ?? '';
    label(operation.querySelectorAll('[role="region"]'), `Responses of ${method} ${name}`);
    for (const row of operation.querySelectorAll('tr[data-param-name]')) {
      label(row.querySelectorAll('select, input, textarea'), row.dataset.paramName);
    }
    label(operation.querySelectorAll('select:not([aria-label])'), `Choice for ${name}`);
  }
}

function label(elements, text) {
  for (const element of elements) {
    if (element.getAttribute('aria-label') !== text) element.setAttribute('aria-label', text);
  }
}

let due = 0;
new MutationObserver(() => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(nameControls);
}).observe(viewer, { childList: true, subtree: true });
