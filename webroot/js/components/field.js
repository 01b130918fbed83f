import { html, nothing } from 'lit';
import { icons } from './icons.js';

/** An error in the place where it belongs; read out when it appears. */
export function errorText(text, id = nothing) {
  return html`<p class="error" id=${id} role="alert" ?hidden=${!text}>${icons.alert}<span>${text}</span></p>`;
}

/** A labelled input with a hint and an error, tied together for screen readers. Styles: `fields`. */
export function field({
  name,
  label,
  hint = '',
  error = '',
  type = 'text',
  autocomplete = 'off',
  placeholder = '',
  value = nothing,
  required = true,
  maxlength = nothing,
  minlength = nothing,
}) {
  const describedBy = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || nothing;
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        type=${type}
        .defaultValue=${value === nothing ? '' : value}
        placeholder=${placeholder || nothing}
        autocomplete=${autocomplete}
        autocapitalize="none"
        spellcheck="false"
        maxlength=${maxlength}
        minlength=${minlength}
        ?required=${required}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${describedBy}
      />
      ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
      ${error ? errorText(error, `${name}-error`) : nothing}
    </div>
  `;
}
