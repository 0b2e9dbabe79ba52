// nunjucks.js: the pages in nunjucks, by the protocol of ../template.c; the rows come first on its input.
const nunjucks = require('nunjucks');
const FORTUNES = '<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table><tr><th>id</th><th>message</th></tr>' +
  '{% for fortune in rows %}<tr><td>{{ fortune.id }}</td><td>{{ fortune.note }}</td></tr>{% endfor %}</table></body></html>';
const TABLE = '<table>\n{% for row in rows %}<tr class="{% if row.active %}on{% else %}off{% endif %}"><td>{{ row.id }}</td>' +
  '<td>{{ row.name|upper }}</td><td>{{ row.price|fixed }}</td><td>{{ row.note|cut }}</td><td>{{ row.city }}</td></tr>\n' +
  '{% endfor %}</table>';
const env = new nunjucks.Environment(null, {autoescape: true});
env.addFilter('fixed', x => x.toFixed(2));
env.addFilter('cut', s => s.length > 30 ? s.slice(0, 29) + '…' : s);
const pages = {fortunes: nunjucks.compile(FORTUNES, env), table: nunjucks.compile(TABLE, env)};
const names = {fortunes: {rows: []}, table: {rows: []}};
let wanted = -1;

function cpu() {
  const used = process.cpuUsage();
  return (used.user + used.system) * 1000;
}

function answer(line) {
  if (wanted < 0) {
    wanted = Number(line);
    return;
  }
  if (names.table.rows.length < wanted) {
    const [id, name, note, city, price, active] = line.split('\t');
    names.table.rows.push({id: Number(id), name, note, city, price: Number(price), active: active === '1'});
    names.fortunes.rows = names.table.rows.slice(0, 13);
    return;
  }
  const [, page, task] = line.split(' ');
  if (task === 'show') {
    const text = pages[page].render(names[page]);
    process.stdout.write(Buffer.byteLength(text) + '\n' + text);
    return;
  }
  const start = cpu();
  for (let i = 0; i < Number(task); i++) pages[page].render(names[page]);
  process.stdout.write(cpu() - start + '\n');
}

let version = '';
try { version = ' ' + require('nunjucks/package.json').version; } catch (error) { /* the version is for show */ }
process.stdout.write('nunjucks' + version + '\n');
require('readline').createInterface({input: process.stdin}).on('line', answer);
