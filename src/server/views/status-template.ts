/** The status page. */
export const statusTemplate = `{{#> layout}}
  <div class="head">
    <h1>{{t.status.title}}</h1>
    <p class="muted">{{t.asOf}} <time datetime="{{at.iso}}">{{at.text}}</time></p>
  </div>

  {{#if attention}}
    <section class="attention" aria-labelledby="attention">
      <h2 id="attention">{{t.status.needsYou}}</h2>
      <ul>{{#each attention}}<li><a href="#{{anchor}}">{{text}}</a></li>{{/each}}</ul>
    </section>
  {{else}}
    <p class="well"><span class="mark" aria-hidden="true">✓</span>{{t.status.allWell}}</p>
  {{/if}}

  <section aria-labelledby="sites">
    <h2 id="sites">{{t.sites.title}}</h2>
    {{#if sites}}
      <table role="table">
        <caption class="unseen">{{t.sites.title}}</caption>
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">{{t.sites.name}}</th><th role="columnheader" scope="col">{{t.sites.state}}</th>
          <th role="columnheader" scope="col">{{t.sites.version}}</th><th role="columnheader" scope="col">{{t.sites.address}}</th>
        </tr></thead>
        <tbody role="rowgroup">
          {{#each sites}}
            <tr role="row">
              <th role="rowheader" scope="row">{{name}}</th>
              <td role="cell" data-label="{{@root.t.sites.state}}">
                <span class="pill {{state}}"><span aria-hidden="true">{{sign}}</span> {{stateText}}</span>
                {{#each findings}}<p class="note" lang="en">{{this}}</p>{{/each}}
              </td>
              <td role="cell" data-label="{{@root.t.sites.version}}">{{version}}</td>
              <td role="cell" data-label="{{@root.t.sites.address}}"><a href="{{url}}" rel="noreferrer">{{address}}</a></td>
            </tr>
          {{/each}}
        </tbody>
      </table>
    {{else}}<p class="empty">{{t.sites.empty}}</p>{{/if}}
  </section>

  <section aria-labelledby="mirrors">
    <h2 id="mirrors">{{t.mirrors.title}}</h2>
    {{#if mirrors}}
      <table role="table">
        <caption class="unseen">{{t.mirrors.title}}</caption>
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">{{t.mirrors.name}}</th><th role="columnheader" scope="col">{{t.mirrors.lane}}</th>
          <th role="columnheader" scope="col">{{t.mirrors.lastRun}}</th><th role="columnheader" scope="col">{{t.mirrors.behind}}</th>
          <th role="columnheader" scope="col" class="number">{{t.mirrors.linked}}</th><th role="columnheader" scope="col" class="number">{{t.mirrors.rejects}}</th>
        </tr></thead>
        <tbody role="rowgroup">
          {{#each mirrors}}
            <tr role="row">
              <th role="rowheader" scope="row">{{name}}</th>
              <td role="cell" data-label="{{@root.t.mirrors.lane}}">
                <span class="lane"><b>{{from}}</b><span class="track" aria-hidden="true"></span><span class="unseen">→</span><b>{{to}}</b></span>
                <p class="note muted">{{caseTypes}}</p>
              </td>
              <td role="cell" data-label="{{@root.t.mirrors.lastRun}}">{{#if lastRun}}<time datetime="{{lastRun.iso}}" title="{{lastRun.text}}">{{lastRun.ago}}</time>{{else}}{{@root.t.mirrors.never}}{{/if}}</td>
              <td role="cell" data-label="{{@root.t.mirrors.behind}}">{{behind}}</td>
              <td role="cell" class="number" data-label="{{@root.t.mirrors.linked}}">{{cases}}</td>
              <td role="cell" class="number" data-label="{{@root.t.mirrors.rejects}}">{{rejects}}</td>
            </tr>
          {{/each}}
        </tbody>
      </table>
    {{else}}<p class="empty">{{t.mirrors.empty}}</p>{{/if}}
  </section>

  <section aria-labelledby="upcoming">
    <h2 id="upcoming">{{t.upcoming.title}}</h2>
    {{#if days}}
      <table role="table" class="diary">
        <caption class="unseen">{{t.upcoming.title}}</caption>
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">{{t.upcoming.due}}</th><th role="columnheader" scope="col">{{t.upcoming.kind}}</th>
          <th role="columnheader" scope="col">{{t.upcoming.rule}}</th><th role="columnheader" scope="col">{{t.upcoming.site}}</th>
          <th role="columnheader" scope="col" class="number">{{t.upcoming.caseNumber}}</th>
        </tr></thead>
        {{#each days}}
          <tbody role="rowgroup">
            <tr role="row" class="day"><th role="rowheader" scope="rowgroup" colspan="5">{{day}}</th></tr>
            {{#each items}}
              <tr role="row">
                <td role="cell" data-label="{{@root.t.upcoming.due}}"><time datetime="{{due.iso}}">{{due.clock}}</time></td>
                <td role="cell" data-label="{{@root.t.upcoming.kind}}"><span class="kind {{channel}}">{{kind}}</span></td>
                <td role="cell" class="rule" data-label="{{@root.t.upcoming.rule}}">{{rule}}</td>
                <td role="cell" class="site" data-label="{{@root.t.upcoming.site}}">{{site}}</td>
                <td role="cell" class="number" data-label="{{@root.t.upcoming.caseNumber}}">{{caseId}}</td>
              </tr>
            {{/each}}
          </tbody>
        {{/each}}
      </table>
      {{#if more}}<p class="muted">{{more}}</p>{{/if}}
    {{else}}<p class="empty">{{noUpcoming}}</p>{{/if}}
  </section>

  <section aria-labelledby="troubles">
    <h2 id="troubles">{{t.troubles.title}}</h2>
    {{#if troubles}}
      <table role="table">
        <caption class="unseen">{{t.troubles.title}}</caption>
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">{{t.troubles.state}}</th><th role="columnheader" scope="col">{{t.troubles.reason}}</th>
          <th role="columnheader" scope="col">{{t.troubles.since}}</th><th role="columnheader" scope="col">{{t.upcoming.rule}}</th>
          <th role="columnheader" scope="col">{{t.upcoming.site}}</th><th role="columnheader" scope="col" class="number">{{t.upcoming.caseNumber}}</th>
        </tr></thead>
        <tbody role="rowgroup">
          {{#each troubles}}
            <tr role="row">
              <td role="cell" data-label="{{@root.t.troubles.state}}"><span class="pill {{state}}"><span aria-hidden="true">{{sign}}</span> {{stateText}}</span></td>
              <td role="cell" data-label="{{@root.t.troubles.reason}}" lang="en">{{reason}}</td>
              <td role="cell" data-label="{{@root.t.troubles.since}}">{{#if since}}<time datetime="{{since.iso}}" title="{{since.text}}">{{since.ago}}</time>{{/if}}</td>
              <td role="cell" data-label="{{@root.t.upcoming.rule}}">{{rule}}</td>
              <td role="cell" data-label="{{@root.t.upcoming.site}}">{{site}}</td>
              <td role="cell" class="number" data-label="{{@root.t.upcoming.caseNumber}}">{{caseId}}</td>
            </tr>
          {{/each}}
        </tbody>
      </table>
      {{#if moreTroubles}}<p class="muted">{{moreTroubles}}</p>{{/if}}
    {{else}}<p class="empty">{{t.troubles.empty}}</p>{{/if}}
  </section>

  <section aria-labelledby="runs">
    <h2 id="runs">{{t.runs.title}}</h2>
    {{#if runs}}
      <table role="table">
        <caption class="unseen">{{t.runs.title}}</caption>
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">{{t.runs.caseType}}</th><th role="columnheader" scope="col">{{t.runs.site}}</th>
          <th role="columnheader" scope="col">{{t.runs.state}}</th>
        </tr></thead>
        <tbody role="rowgroup">
          {{#each runs}}
            <tr role="row">
              <th role="rowheader" scope="row">{{caseType}}</th>
              <td role="cell" data-label="{{@root.t.runs.site}}">{{site}}</td>
              <td role="cell" data-label="{{@root.t.runs.state}}"><span class="pill {{state}}"><span aria-hidden="true">{{sign}}</span> {{stateText}}</span>{{#if hint}} <span class="muted">{{hint}}</span>{{/if}}</td>
            </tr>
          {{/each}}
        </tbody>
      </table>
    {{else}}<p class="empty">{{t.runs.empty}}</p>{{/if}}
  </section>

  <footer class="foot"><a href="/api/status">{{t.jsonTwin}}</a></footer>
{{/layout}}
`;
