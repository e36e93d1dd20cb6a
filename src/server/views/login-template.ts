/** The login form. */
export const loginTemplate = `{{#> layout}}
  <form class="login" action="/login" method="post">
    <h1>{{t.login.title}}</h1>
    {{#if fault}}<p id="fault" class="fault" role="alert">{{fault}}</p>{{/if}}
    <label for="token">{{t.login.label}}</label>
    <input id="token" name="token" type="password" autocomplete="current-password" required autofocus
      aria-describedby="hint{{#if fault}} fault{{/if}}" {{#if fault}}aria-invalid="true"{{/if}} />
    <p id="hint" class="muted">{{t.login.hint}}</p>
    <button>{{t.login.button}}</button>
  </form>
{{/layout}}
`;
