import { isPlace } from './place-words.js';

/**
 * Words that say what a company does, where, or that it is one, and so tell little about which one it is. The most
 * frequent tokens of business directories in some thirty countries, as normaliseName writes them.
 */
const words = `
academia academy advanced advisor agency agencia air al america american and animal apartments app arena art arts assn
associates association at atm auto automotive autos bakery bank bar barber bau beach beauty beleza best bio bistro bitcoin
body boutique branch building burger bus business by cafe car care casa cash cafeteria center central centre centro chapel
charging chemical chemicals children childrens chiropractic church city clinic clinica clinical clinique club co coffee
coiffure college comercial commerce communications community company comune condominio construction consulting
consultorio corner corp county court creative da dance data day de dei del della dental dentist depot der des
design development di digital distribution district do dog dos drive du east eat edificio education el electric
electronics elementary emergency energy engineering equipment escola estate europe event events express family farm
farmacia farmacias federal financial fire first fitness florist food foods for forest free friseur fur galerie gallery
garage garden gas gasthof geldautomat general gesellschaft girl global go gold good grill grocery group groupe grupo guest
gym hair hall handel haus health healthcare heating high hill holding holdings home homes hospital hostal hotel house ice
igreja im immobilien in industrial industries industry information inn innovation institut institute instituto insurance
international investments islamic it jewelry jewelers kitchen la lab laboratorio laboratories labs lake las law legal
legale library life lodge logistics loja los lounge ltd machinery main maison management manufacturing marine market
marketing mart mc md med media medical medicine mercado metal mini mobile moda modern mortgage motel motor motors museum
music my nail nails national natural network new no north of office oficina oil on one online optical our pack paint
pharmaceuticals pharmacy photo physicians physiotherapie pizza pizzeria place plaza plumbing point police post posto
pousada power praxis premium primary private pro products professional public real recycling rental repair research
residence residencial resort resources restaurant restaurante ristorante river road royal sales salao salon san santa
scholen school schule science sciences senior service services servicio servicios servicos shop shopping smart
software solar solution solutions south spa sport sports st station state steel storage store street studio suites super
supermarket supermercado supplies supply surgery system systems taxi tech technik technologies technology telecom the
therapeutics therapy to tours town trade trading training transport travel truck trust uk und union united university us
usa van vet veterinary video villa village wash water web wellness west wine with women womens work works world
zahnarzt zahnarztpraxis y e i et le les il lo van von und og ve w z
atelier bazar boulangerie cabinet camping cooperativa deli dermatology dr ecole eglise estacao farma hamburguesas hof
imobiliaria kantor kindergarten klinik kreissparkasse lanchonete liceo market mechanic oncology orthodontics osteria
panaderia papeleria pasticceria pediatric pediatrics physician physicians rehabilitation sanitar sparkasse sushi taqueria
tankstelle thai toko trattoria urgent volksbank warung location locations name suite campus department building
kabushiki kaisha gaisha kogyo seisakusho nippon china deutschland france india italia japan mexico brasil espana
kingdom states republic
pphu phu fhu fuh zpuh pph ppu zph phup ppuh zuh npo npf npp pkf tpk ooo zao oao ste`;

const common = new Set(words.split(/\s+/).filter((word) => word !== ''));

export const isCommonWord = (token: string): boolean => common.has(token) || isPlace(token);
