/**
 * Words by how many of 60,488 different organisation names hold them, most first in each band; whatever is missing is
 * in fewer than six. Counted, without any label, over the SEC's tickers (2023), IEEE's assigned MAC blocks (2023-11), IANA's private
 * enterprise numbers (2017), ROR's companies and the development places; numbers and single letters left out.
 */
export const bands: readonly (readonly [names: number, words: string])[] = [
  [1000, `group systems technologies technology`],
  [
    300,
    `acquisition amp beijing com communication communications computer consulting data digital electric electronic
electronics energy engineering fund global holdings information international net network networks research services
shanghai shenzhen software solutions system tech telecom therapeutics university`,
  ],
  [
    100,
    `advanced america american as associates automation bancorp bank business capital center china co college computing
control controls corp design development elektronik enterprise enterprises equipment financial first gmbh hangzhou
health high holding inc income industrial industries industry institute instruments intelligent internet it japan
laboratories labs ltd management media medical micro mobile national new partners pharma pharmaceuticals power products
resources science sciences security service spa state trust uk vision wireless`,
  ],
  [
    40,
    `access ag air applied asia association at atm audio australia auto automotive bancshares bio biopharma biosciences
biotech blackrock blue branch brands broadband california canada care central centre chemical chengdu city community
companies company computers concepts construction consultants corporation credit department devices diagnostics
division dongguan dr dynamics education embedded entertainment equity europe foods france general gold green guangdong
guangzhou healthcare hitachi hk home hong ii image imaging in india informatica innovation innovations innovative
institut insurance integrated integration interactive investment ip jiangsu korea lab laboratory life lighting link
logic manufacturing marketing materials mfg microsystems mining motion multimedia municipal nanjing networking north
nuveen oil on one online open opportunities optical org pacific pharmaceutical plus point precision project public
quality quantum radio rd real realty rf robotics san school scientific semiconductor siemens signal silicon sistemas
smart soft solution space star storage suzhou taiwan technical tecnologia telecommunication telecommunications time
united universal us usa valley video water web west western works world wuhan xiamen zhejiang`,
  ],
  [
    15,
    `ab abb abrdn academy acoustics active adr advance advantage aerospace agency ai alcatel all alliance allied alpha
analysis analytical apollo appliance applications art arts asset atlantic atlas austria authority automacao aviation
avionics banco bankshares bar bay bell beratung berlin best biomedical bioscience biotechnology bit bitcoin black bond
bosch boston brasil bridge bright british broadcast building by ca cable cambridge canadian cap car card cc cell centro
century chemicals chicago chongqing christian circuit clinical cloud club comercio comm commerce commercial components
concept connect connected consortium consult consultancy consumer core corporate county creative critical cross cs
custom cyber dalian datacom datentechnik db dba defence defense delta denki dental dept designs deutsche deutschland
device diamond direct display distribution district diversified dividend dynamic eagle east eastern eaton edge
educational edv el electrical electro electron electronica electronique eletronica eletronicos elettronica em
environmental ericsson espana estate european ev exchange express fachhochschule factory family farm fast federal fi
fiber finance finland fire florida flow focus food force forest forum foundation franklin free frontier fuer fujian
fujitsu fusion future gaming gas ge generation germany gesellschaft go golden good grayscale great grid groupe growth
grupo hardware hi hill homes honeywell hongkong horizon hospital hospitality hotel hotels house huizhou hunan hyundai
ic ice ict id iii illinois ind independent industria industrie info informatics informatik informationssysteme
informatique infotech infrastructure ing instituto instrument instrumentation intelligence inter interface intl invesco
investments investors io iot is israel italia its john johnson joint jsc key knowledge kogyo kong lan land laser law lg
liberty library light limited line linux llc logistics lucent machine machinery machines magic managed marine mark
markets martin matrix max md measurement med medicine mercury messtechnik meta metal metals mexico michael
microelectronics microwave midstream minerals mission mitsubishi mobility molecular monitoring mortgage motor mountain
ms multi music nacional natural nec nederland next ningbo nippon nordic northern northwest nova ntt nz oak ocean office
omega oncology opportunity optics optronics organization orion oxford packet panasonic park partner payment pc
performance peter petroleum philips phoenix photonics physical physics pimco pioneer planet planning polytechnic
portugal post preferred premier press prime private pro process processing product production productions professional
projects properties property pt publishing qingdao quest rail railway red regional reit republic resource restaurante
retail ridge river robert rock royal royalty sa safe safety saint samsung santa sas satellite sc schneider sci se
secure securities seiko senior sensing sensor servicios shandong shen shin si sichuan sierra sigma silver singapore
sistemi sk sky smith society solar sony sound source south southern sp special spectrum sports st standard states steel
stock strategic strategies strategy street studies studio summit sun super supply support sweden sys systeme systemes
systemtechnik target tax team tec technik techno technologie tek tel tele telekom telephone television term test texas
thales thomas thomson tianjin tic tokyo tools top total trade trading traffic training transport transportation tv
ultra union universidad universitaet universite value van vance ve ventures village virtual visual vodafone voice wave
white worldwide wuxi xian york zhen zhuhai`,
  ],
  [
    6,
    `3d abbott able absolute ac academia academic accel ace acer acoustic acquisitions acs act action ad adam adaptive adc
adi administration ads advantaged advisors affairs africa african agencia agile agri agricultural aim airbus aircraft
airlines airport ais aker al alarm alaska alberta alexander alfa allen allocation alpine alstom alta alternative
aluminum am amazonia americas amsterdam amt an analytics andreas angel anhui animal ap apartments apex api aplicaciones
apogee apparatus appliances application apt aqua ar arbor arc area ares argentina arizona ark arkansas armstrong array
arrow artificial asahi asp aspen assa associados assurance astro athena ati atlanta atrium aurora austin australian
austrian automated automatic av avalon aware axiom axis bae bancorporation banking baptist base battery bdc be beach
beacon beam bear beauty bel belden belgium benchmark berkeley berman beta better beverage beyond bg big billing
biological biologics biometric biometrics biopharmaceuticals biotechnologies biotherapeutics bird blackstone blockchain
blu bny board boca box bp br brain brake brand brewing broad broadcasting brokers brookfield brothers brown bt builders
bull bureau buro bus byte c2 cafe calamos call camera campus can cancer cannabis canon cape carbon carolina carrier
cars casa cash castle cat catalyst cayman cctv cds ce cedar cellular centers certificacion certification cf ch chain
chang changsha changzhou channel charles chase check cheng chi chile chinese chip choice christ chrysler chung church
ci cie cincinnati circle circuits citizens cjsc clarity clark clean clear clever client climate clinic clinica clover
cms cn cns coast coastal code coffee cogent cognitive cohen coherent colombia color colorado columbia comercial
commonwealth communities companhia compass component computersysteme computertechnik comtech comunicaciones con concord
connection connections connectivity conseil consolidated consultant consultoria consultorio contact continental
convergence convertible cool cooperative coporation copper corner cornerstone corning cosmos council country cp craft
crane create creation creations creek crown cruz crypto crystal ctc cti cube cubic culture currencyshares curtis
curtiss cv cybernetics cygnus cz czech dacom dairy dan danfoss daniel dasan datacomm datang datenverarbeitung dave
david davis day dc dd dedicated deep degli denko denmark denshi depot desarrollo detection deutscher dev dh diabetes
diagnostic dialog dias diego diehl dienstleistungen digi digitais digitech dipl directory discount discovery displays
distributed div dk document dodge dog dollar dolphin domain dominion dong doo dot double douglas dow dragon dream
dresden drilling drive drives drs ds dsp duration earth easy ec eclipse eco ecole economics edf edificio edison eds ee
eg eight ek elec elecom electronicos elektrik elektro elektronika elektronische elektrotechnik element elements
eletronics eleven elite emc emerging emerson empire empresa ems encore energia energie eng engenharia engine engineers
engines england enhanced ent entergy entwicklung environment equinox equipamentos era es esg essential estado eta etf
eth ethernet euro evans evergreen excel expert experts exploration expressway extreme eye fa faculty fair far fargo
farmaceutica farmacias farmers farms fei fh fidelity field fine fintech fischer fisher fitness five flex flexible
flextronics flight floating fluid flying football ford foreign fort fortress fortune forward foshan foster four fox
frank fraunhofer fresenius fresh fs fu fuel fuji full fundacion funkwerk fuse fuzhou gabelli galaxy game games gamma
garden gate gateway gear gemini gen gene generale genesis genesys genetics genie genius genome genomics geo geophysical
george georgia german ges gestao gh giant giga giken gl gladstone glass globe glory gn goldman government gp grade
grand granite graphic graphics grumman gs gsi gt gte guang guard guardian haier hamilton han hancock hanover harbor
hard harman harmonic harris harvard hd he hearing heart heavy hefei hellas hermann hermes hewlett hf hills hirschmann
hisense hogeschool holland honda hopkins hosting houston hua hub huber hudson hughes hui human hungary hunter hwa hydro
iberica ibm icon icp ics idea ideal ideas ie ieee il im imagine imp impact imperial ims incorporation index indiana
indigo indonesia industrielle infinite infinity infocom informacao informationstechnik informationstechnologie infosys
infrared ingenieria ingenierie ingenieurbuero initiative inn insight inspire int intec integra integral integrity
intellect interconnect interlink intermediate internetworking inventec investigacao ion iq ireland iris iron isdn isis
island isp iv jabil jackson james jc jd jefferson jersey jiangxi jin johns jones jose joseph jp juniper just kaisha
kansas karl kasei kb kentucky kinetics king kingdom kommunikation kommunikationssysteme kongsberg kontron kt kunshan ky
kyoto labor laboratorio lake lane larry lc ldap lead leader leaf league learning lease led lee legacy leica lending
lenovo leo leonardo les level lewis li lifesciences lighthouse lightning lincoln linear links linx lion liquid lisboa
lite lithium little litton live living lm local location lockheed logical logistik logitech london long loop loral los
louisiana ls lsi lt lucid lynx ma mac madison madrid magna magneti mail main maison malaysia man manage manhattan
manufacture manufacturers maple marathon marconi marelli maritime market mars mary massachusetts master material matic
matra matsushita matter mc mds mechanics mechatronics medica medicines medien mega mei mellon memorial memory men
merchants merck meridian merlin mesa messaging meter metering meters metrics metro metropolitan mfs mi michigan
microcomputer micron microsoft microtech mid midas midwest millennium miller mills mind minds minerva mines mini
ministry missouri mitsui mlp mo mobil modern modular momentum monitor monitors monte montreal moog moore morgan mosaic
motorola motors mount mr msa mueller muniyield musical mutual my name nano nantes nature naval navigation nc neo netcom
netherlands neuberger nevada newland newport news nextgen nextra nexus nic nihon nisshin nl no noble nokia nord nortel
northrop novartis novo now npp nti nu nuclear nutrition nv ny oasis object objective odyssey offshore oh ohio oilfield
ojsc old omron ontario op operations optic opto optoelectronic optoelectronics optronic opus orange orbit orbital
oregon organisation oriental origin oss otto outdoor overseas owl oy pace packaging packard paint pal palm pan panda
paper para paradigm paragon parallel paris parker parking parks partnership parts path patriot paul paulo pcs peak penn
pennsylvania people peoples perfect peripherals personal pet pharmacy phase phillips photon photonic physicians pi pico
picture pictures pinnacle pixel pizzeria place plains plant plastic platform platforms platinum plc plexus polaris
police polska polymer port portal portfolio porto pos pousada precious precise premium prima primary princeton print
printer printing priority produtos profile program progress progressive promotions protection ps psi pte pty
publications publishers pulse pure quanta quebec queen rad radar radiant radiation radius rainbow rapid rate ray rb re
reach reality realtime rechenzentrum recorders recovery redwood registry rehabilitation reliable reliance remote
renewable renewables repsol reserve residential resort resorts restaurant return rfid richard richmond ring rise risk
ristorante rivernorth road roberts robot rockwell rocky roma room root rose ross rs rt rubber russian sachs sae sage
sales salon sangyo sanmina sante sanyo sao sat satcom sb sbs sca scale scan scandinavia schools schweiz scott screen sd
sea second seiki seisakusho select semiconductors sense sensors seoul series server servicos seven shell shenyang shi
shield ship shipping shop short showa simon simple simulation sistemleri skyline slovakia sm sms smt snmp so social
sociedade societa societe softworks sol solid soluciones solucoes sonic sonoma southwest spain spark specialists
specialty spectra speech speed sphere spider spirit spring sprott square squared srl ss standards stanford stanley
station stc steers stellar stem sterling stone store stores strats stream streaming strong studi studios suisse suites
sumitomo sungard sunrise sunshine supercomputing superior surface surgery surgical surveillance sustainable sverige
svyaz swedish swiss swisscom switch switching switzerland synergy systech systemhaus sz tactical tadiran tag tai
tandberg tango tata taylor tbk tc tcl td tdc te technica technics techniques technische technolgy technological
tecnologico telco telecoms telecomunicacion telecomunicaciones telecomunicacoes teledyne telefonica telematica
telematics telemetry telenor telesis telesoft telesystems telia templeton ten terminal terra tesla testing textile
thailand therapies therapy thermo things think thinking third three thunder ti tian times timing titan tm to toa
tomorrow tong tongfang tool toronto tortoise toshiba touch tower town toyo toyota tp tps track trans transaction
transfer transition transmission travel tree trend tri triangle trident trinity trio triple triumph tron tronic truck
tsi tsinghua tsushin ttc tti two tx tyco uni unicom unified unique unit unity univ universidade universita universitat
unlimited unternehmensberatung up ups uranium urban utah utilities utility va valeo vanguard vector velocity venture
verizon versicherung vertex vertical vertriebs veterinary vi via victory vida view viking virginia virtus vista vital
voya vr vs vtech wall walmart walter ware warehouse washington watch way wayne welding well wellness werke wi wifi will
william williams wilson win wind wine wire wisconsin wise wistron wolf womens wood woori work working workshop wright
www xerox xin yi yield young yu yuan zavod zealand zenith zentrum zero zeus zhi zhong zhongshan zhou zone zoom zurich`,
  ],
];
