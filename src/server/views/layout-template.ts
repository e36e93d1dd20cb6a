/** The frame of every page. */
export const layoutTemplate = `<!doctype html>
<html lang="{{language}}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>{{title}} · {{t.product}}</title>
    <link rel="stylesheet" href="/style.css" />
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
  </head>
  <body>
    <a class="skip" href="#content">{{t.skip}}</a>
    <header class="bar">
      <a class="brand" href="/"><img src="/icon.svg" alt="" width="22" height="22" />{{t.product}}</a>
      <nav aria-label="{{t.languageLabel}}">
        <ul class="languages">
          {{#each languages}}
            <li><a href="?lang={{code}}" lang="{{code}}" hreflang="{{code}}" {{#if current}}aria-current="true"{{/if}}>{{name}}</a></li>
          {{/each}}
        </ul>
      </nav>
      {{#if loggedIn}}
        <form action="/logout" method="post"><button class="quiet">{{t.logout}}</button></form>
      {{/if}}
    </header>
    <main id="content" tabindex="-1">
      {{> @partial-block}}
    </main>
  </body>
</html>
`;
