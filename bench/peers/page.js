// The page in Express: node page.js PORT FOLDER; /ko/page by plain Nunjucks, /ko/govuk by govuk-frontend's macros.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const express = require("express");
const nunjucks = require("nunjucks");

const [port, folder] = process.argv.slice(2);
const content = JSON.parse(fs.readFileSync(path.join(folder, "content.json"), "utf8"));
const messages = content.messages;

const app = express();
app.disable("x-powered-by");
const govuk = path.join(path.dirname(require.resolve("govuk-frontend/package.json")), "dist");
const environment = nunjucks.configure([path.join(__dirname, "pages", "jinja"), path.join(__dirname, "pages", "govuk"), govuk], {
  autoescape: true,
  express: app,
  noCache: false,
  watch: false,
});
environment.addGlobal("_", (text) => messages[text] || text);

app.get("/ko/page", (request, response) => {
  response.render("bench_page.html", { page: { rows: content.rows, fields: content.fields } });
});
app.get("/ko/govuk", (request, response) => {
  const cells = content.rows.map((row) => [
    { text: row.name },
    { text: row.address },
    { html: `<a href="tel:${row.phone}">${row.phone}</a>` },
    { text: row.hours },
    { text: row.way },
    { text: row.fee, format: "numeric" },
  ]);
  response.render("govuk_page.html", { page: { cells, fields: content.fields } });
});
const server = app.listen(Number(port), "127.0.0.1");
server.keepAliveTimeout = 60000;
