/** What is shown where a page cannot be. */
export const errorTemplate = `{{#> layout}}
  <h1>{{t.error.title}}</h1>
  <p>{{message}}</p>
  <p><a href="/">{{t.error.back}}</a></p>
{{/layout}}
`;
