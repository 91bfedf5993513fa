// The words of the screen's language, as the server has written them into the page.

const root = document.documentElement;
const words = JSON.parse(document.getElementById('screen-words').textContent);
const plural = new Intl.PluralRules(root.lang);

/** "3 free". */
export const freeCount = (n) => words.free_count[plural.select(n) === 'one' ? 'one' : 'other'].replace('{n}', n);
export const unknownCount = words.unknown_count;
export const lastNews = (time) => words.last_news.replace('{time}', time);
