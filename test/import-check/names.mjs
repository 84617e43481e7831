// A plain reading of names and domains of its own: the checker must not inherit the product's opinion.

const legalForms = new Set(
  (
    'ab ag aps as asa bhd bv bvba co company corp corporation cv doo dd eirl eood epp ev gmbh gesmbh group holding ' +
    'inc incorporated kft kg kgaa kk lda limited limitada llc llp lp ltd ltda mbh nv ohg oo oy oyj plc pte pty pvt ' +
    'sa sab sac sae sarl sas sasu sccl sci scrl se sl slu snc sp spa spzoo srl sro srls ug zoo zrt'
  ).split(' '),
);

/** Lower case, no accents, no punctuation, without legal forms. @param {string} name */
export const strippedName = (name) => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđ]/g, (letter) => ({ ł: 'l', ø: 'o', đ: 'd' })[letter] ?? letter)
    .replace(/\bsp\.? ?z ?o\.? ?o\b\.?/g, ' ')
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ');
  const core = words.filter((word) => !legalForms.has(word));
  return (core.length > 0 ? core : words).join(' ');
};

const secondLevels = new Set('ac co com edu gob gov gouv gub mil ne net nom or org'.split(' '));

/** @param {string} domain */
export const registrableDomain = (domain) => {
  const host = domain
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#:].*$/, '');
  const labels = host.split('.').filter(Boolean);
  const [second = '', top = ''] = labels.slice(-2);
  return labels.slice(top.length === 2 && secondLevels.has(second) ? -3 : -2).join('.');
};

/** @param {string} one @param {string} other */
export const sharesDomain = (one, other) => one !== '' && registrableDomain(one) === registrableDomain(other);

/** @param {string} one @param {string} other */
export const sharesName = (one, other) => strippedName(one) === strippedName(other);
