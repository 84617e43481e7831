/**
 * Words by how many of 73259 different names hold them, in bands; whatever is missing is in fewer than 6. Counted without
 * any label by `npm run matching:words` on 2026-12-01, not to be edited; docs/matching.md says what the lists are:
 * - sec-tickers-2023.txt, 8861 lines, sha256 f87c915033d1bea8334044e7d8b89c930ffaff501b3d9234a80a666b419a6e39
 * - ieee-blocks-2022.txt, 46033 lines, sha256 0b1e328b8fada67b887e192e2ae1d47e8df45fd7cae3500f1c31e0281093eb56
 * - iana-enterprises-2017.txt, 20630 lines, sha256 c90d10f8b81275a3c38a23f52497e598a22ed5402a8a55067888aa6c7922f5dc
 * - ror-companies.txt, 19755 lines, sha256 7f697ff00234596665f86b5770e246334bf3cdaa5255bc823898029f0c698ed8
 * - overture-places.txt, 3628 lines, sha256 5f21359d8b58dea27737437a8d6e445fa71ee5364054ab77b5b017a71a909a9f
 */
export const bands: readonly (readonly [names: number, words: string])[] = [
  [
    1000,
    `co communications corp corporation electronics gmbh group inc limited llc ltd networks systems technologies technology`,
  ],
  [
    300,
    `ab acquisition ag amp and beijing com communication company computer consulting data de digital electric electronic
energy engineering fund global health holdings industries information institute international kg medical net network
of pharmaceuticals pty research sa services shanghai shenzhen software solutions system tech telecom the therapeutics
university`,
  ],
  [
    100,
    `advanced america american as associates automation bancorp bank bio biosciences business bv capital center centre
chemical china college computing control controls design development elektronik enterprise enterprises equipment
europe financial first for formerly general guangzhou hangzhou healthcare high holding income incorporated industrial
industry innovation instruments integrated intelligent internet it japan lab laboratories labs life link ltda
management manufacturing media micro mobile national new one oy pacific partners pharma pharmaceutical plc power
private products pte pvt resources science sciences scientific security semiconductor service smart sp spa srl state
trust uk und usa vision wireless`,
  ],
  [
    40,
    `access aerospace ai air alliance alpha applied aps asia association at atm audio australia auto automotive bancshares
bhd biopharma bioscience biotech biotechnology blackrock blue branch brands broadband california canada care central
centro chemicals chengdu chongqing city cloud commerce community companies computers concepts connect construction
consultants credit da department des devices di diagnostics division do dongguan dr dynamics education embedded
entertainment environmental equity estate european federal food foods foundation france fur future gas gold green
grupo guangdong hi hitachi hk home hong hospital hotel house ii image imaging in ind india industria informatica
infrastructure innovations innovative institut insurance integration intelligence interactive investment iot ip italia
jiangsu jsc kabushiki kogyo kong korea la laboratory light lighting logic lp machinery marine marketing materials mbh
metals mfg microelectronics microsystems mining motion multimedia municipal nanjing networking nippon north nuveen nv
office oil on online open opportunities optical org park photonics plus point portugal precision project properties pt
public publishing quality quantum radio real realty red rf robotics san sas school sdn siemens signal silicon sistemas
sl soft solution sound south southern space star steel storage suzhou systeme taiwan tec technical techno tecnologia
telecommunication telecommunications time union united universal us valley ve video water web west western works world
wuhan xiamen zhejiang`,
  ],
  [
    15,
    `3d abb abbott abrdn academy acoustics active adr advance advantage agency aircraft airlines airport al alcatel all
allied americas an analysis analytical animal apollo appliance application applications art arts asa asahi asset
atlantic atlas australian austria authority automacao aviation avionics bae banco bankshares baptist bar battery bay
belgium bell beratung berlin best biologics biomedical biopharmaceuticals biotherapeutics bird bit bitcoin black bond
bosch boston box brain brasil bridge bright british broadcast building bureau bvba by ca cable cafe cambridge canadian
canon cap car card casa castle cc cell century charles chase chicago chile christian church circuit clear clinic
clinica clinical club coast comercio comm commercial components concept connected consortium consult consultancy
consumer core corporate council county creative creek critical cross cs custom cv cyber czech dalian das datacom
datentechnik david db dba defence defense del delta denki denshi dental dept der designs deutsche deutschland device
diamond direct discovery display distribution district diversified dividend dohme drs du dynamic eagle earth east
eastern eaton edge edison educational edv el electrical electro electron electronica electronique eletronica
eletronicos elettronica em emerging emerson empresa ems en engenharia ericsson espana et exchange express eye
fachhochschule factory family far farm farmaceutica fast fi fiber finance finland fire fisher fitness florida flow
focus force ford forest forum franklin free fresenius frontier fuel fuer fuji fujian fujitsu fusion gaisha gaming
gateway gbr ge generation genetics genomics germany gesellschaft giken glass go golden good government grayscale great
grid groupe growth hardware harmonic heavy hill homes honeywell hongkong horizon hospitality hotels hughes huizhou
human hunan hydro hyundai ibm ic ice ict id iii illinois impact independent indonesia industrie info informatics
informatik informationssysteme informatique infotech ing instituto instrument instrumentation inter interface intl
invesco investments investors io iris is israel its james john johnson joint jose kaisha key kft king knowledge
kunshan laboratorio lake lan land laser law lda le learning level lg liberty library lincoln line linux little llp
logistics london loral lucent machine machines magic managed marconi mark market markets martin master matrix max md
measurement med medicine medicines merck mercury messtechnik meta metal mexico michael microwave midstream miller
minerals mission mitsubishi mobility molecular monitoring morgan mortgage motor motors mountain msd multi music
nacional nano natural nec nederland next nexus nihon ningbo nordic northern northwest nova novo ntt nuclear nz oak
ocean omega oncology ooo operations opportunity optics optronics organization orion ou oxford packet paint panasonic
paper paris parker partner parts paul payment pc performance peripherals personal peter petroleum pharmacy phase
philips phoenix physical physics pimco pioneer pizzeria place planet planning platform polytechnic post preferred
premier press prime princeton printing pro process processing product production productions produtos professional
projects property qingdao quest rail railway regional reit republic resource restaurant restaurante retail ridge risk
river road robert rock royal royalty rubber safe safety sage saint sales samsung sangyo santa sarl satellite saude
schneider sci se sea secure securities seiki seiko seisakusho select senior sensing sensor servicios servicos seven
sgps shandong sharp shell shen shenyang shin si sichuan sierra sigma silver singapore sistemi sk sky smith social
sociedad sociedade societe society solar solid sony source special spectrum spol sports square st standard states sti
stock store strategic strategies strategy street studies studio sumitomo summit sun super supply support surgical
sustainable sweden swiss switzerland synergy sys systemes systemtechnik target tax team technik technological
technologie tek tel tele telekom telematics telephone television term test texas thales thermo thomas thomson tianjin
tic titan to tokyo tool tools top total toyota trade trading traffic training transport transportation trend tri tv tx
ultra uni unit universidad universitaet universite value van vance ventures village virtual virtus visual vodafone
voice walter wave white williams wire worldwide wuxi xian york zhen zhuhai`,
  ],
  [
    6,
    `3m abacus abc able abreu abs absolute ac academia academic accel accelerator ace acer acoustic acquisitions acs act
action ad adam adaptive adc add adi adler administration ads adtec advantaged advantech advent adventhealth advisor
advisors advogados aes affairs africa african after age agencia agent agile agri agricultural agriculture aid aier aim
airbus aker aktiengesellschaft alarm alaska albert alberta alcon alexander alfa alfred ali alibaba allegro allen
allocation alpine alstom alta alternative aluminum am amazon amazonia amber ams amsterdam amt analog analytics
andersen andrea andreas angel anhui ap apache apartments apex api aplicaciones apogee app apparatus apple appliances
apt aqua ar arbor arc arcadia architecture area ares argentina arizona ark arkansas armstrong arnold array arrow
arthur artificial ase asp aspen assa assembly assistance associados associated assurance assured astro athena ati
atlanta atom atrium au aurora austin austrian automated automatic av avalon avery avl aware axiom axis axon baker ball
bancorporation banking barcelona barco base bausch bdc be beach beacon beam bear beauty bed bel belden benchmark
benefit benz berhad berkeley berman better beverage beyond bg big bilgisayar bilisim billing biological biometric
biometrics biopharm biopharmaceutical biosolutions biosystems biotec biotechnologies bioworks biozeron blackstone
blockchain blu bluebird bny board boca body boeing bon books bookshop boutique bp br brake brand brazilian brewing bri
bristol broad broadcasting broadcom brocade brokers brookfield brooks brothers brown brunswick bt builders bull burger
buro bus buy byte c2 c3 cal calamos call cam cambricon camera campus can canal cancer cannabis canyon cape carbon
cardinal cardiology carl carlo carnegie carolina carrefour carrier cars case cash cat catalyst cayman cctv cds ce
cedar cellular centers centrum certificacion certification cf ch chain chamber chang changchun changsha changzhou
channel check chem cheng chi childrens chinese chip choice christ chrysler chung ci cie ciencia cientifica cincinnati
circle circuits cis cisco citizens cjsc clarity clark clean clever client climate clinics clover cluster cmc cms cn
cns coal coastal code codex coffee cogent cognitive cohen coherent collective colombia color colorado columbia
columbus comcast comercial command commonwealth communities companhia compania compass competence complete component
computersysteme computertechnik comtech comunicacao comunicaciones con concord condominio connecticut connection
connections connectivity conseil consolidated consultant consultores consultoria consultorio contact contec
contemporary continental controle controles controlled convergence conversion convertible cook cool cooper cooperative
coporation copper cor coral cordis corner cornerstone corning corporacion cosmetic cosmetics cosmos country cox cp
craft crane create creation creations crown crrc cruz crypto crystal csc csl ctc cti cts cube cubic culture
currencyshares curtis curtiss cvs cybernetics cygnus cyprus cz dacom dai daimler dairy dan danfoss daniel dasan
datacomm datang datenverarbeitung dave davis day dedicated deep degli dei delphi denali denko denmark depot desarrollo
desenvolvimento detection deutscher dev dh diabetes diagnostic dialog dias die diego diehl dienstleistungen digi
digitais digitech dipl directory discount dish disney displays distributed div dk document dodge dog dollar dolphin
domain dominion dong dongwon dot double douglas dow dragon dream dresden drilling drive drives drug ds dsm dsp
duration dutch dx ea easy ec echostar eclipse eco ecole economics ecs edf edificio editorial eds eg eight elan elec
elecom electricity electronicos elektrik elektro elektronika elektronische elektrotechnik element elements eletronics
eleven elite elm emc emd empire empresarial emu encore end energia energie eng engage engine engineer engineered
engineers engines england enhanced ensino ent entergy entrada entwicklung environment eos equinox equipamentos era
ergo eric es esg essential estado estudos esu eta etf eth ethernet euro eva evans evergreen ex excel excellence
exeltis expert experts exploration expressway extreme fa faculty fair falls fargo farma farmaceutici farmaceuticos
farmacias farmers farms fat fe fei fg fh fidelity field film fine fintech firm fischer fit five flex flexible
flextronics flight flir floating flour fluid flying football foreign forestry formacao formosa fort fortress fortune
forward foshan foster foundry four fox francis francisco frank fraunhofer frequency fresh fs full fundacion funkwerk
furniture fuse futures fuzhou gabelli galaxy galerie gamble game games gamesa gamma garden gate gb gear geldautomat
gemini gen gene generale generis genesis genesys genie genius genome genuine geo geophysical george georgia german ges
gesmbh gestao gestion gh giant giga gk gl gladstone globe glory gn goldman goldstar golf goodyear google grade grand
granite graphic graphics greatwall grill grove grumman gs gsi gt gte guang guangxi guard guardian guild gumi gym hai
haier hall halliburton hamburg hamburguesas hamilton han hancock hannifin hanover hanshin harbor hard harima harman
harris hartford harvard hat hawaii hcl hd he hearing heart hefei heinz hellas heritage hermann hermes hewlett hf hills
hilton hirschmann hisense hogeschool holland honda hopkins hosting houston hua huawei hub huber hubner hudson hui
hungary hunt hunter huntington hutchison hwa hydraulic iaso iberica icom icon icp ics idaho idea ideal ideas ids ie
ieee if igreja ihobe il im imagine imc immune imp imperial imra ims incorporation index indiana indigo indra
industrias industrielle infinite infinity infocom infomation informa informacao informationstechnik
informationstechnologie infosys infrared ingenieria ingenierie ingenieurbuero init initiative inn innova innovators
inovacao input inside insight inspection inspire int intec intech integra integral integrity intel intellect intercom
interconnect interlink intermediate internetworking intracom inventec investigacao investigacion invisible ion iowa iq
ireland iron isdn isis island islands isp italian italy iv jabil jack jackson jade janssen janus japanese jc jean jeep
jefferson jersey jiangxi jin jiyapanzhushihuishe jk johns jones joseph journal jp ju juniper jupiter jusighoesa just
kagaku kai kakao kansas karl kasei kb ken kent kentucky keymed kgaa kinetics kingdom kingston kirin km knight know
kommunikation kommunikationssysteme kongsberg kontron kraft kt ky kyoto kyowa labor laboratoire laboratoires
laboratorios lady lambda landscape lane lang larry las lasers lc ldap lea lead leader leaf league lease led lee legacy
legale legend leica leisure lending lenovo leo leonardo les lewis li liability licensing lifesciences lighthouse
lightning lightwave lima lime linear links linx lion liquid lisboa lisbon lite lithium litton live living livraria
livros lm lo local location lock lockheed locus logical logistik logitech long loop los louisiana ls lsi lt lucid
lutheran lux lynch lynx ma mac macao madison madrid mag magna magneti magnum mail main maison malaysia man manage
manhattan manufacture manufacturers maple marathon marelli maria marietta maritime marriott mars mary mas masonic
massachusetts mastermind match mate material math matic matra matsushita matter mc mds me meat mechanical mechanics
mechatronics medellin medica medico medien medizinische medtech medtronic mega mei mellon memorial memory men mer
merchants mercy meridian merlin merrill mesa messaging meter metering meters methodist metrics metro metrology
metropolitan mfs mi michigan microcomputer microelectronic micron microsoft microtech mid midas middle midwest mighty
millennium milling mills mind minds minerva mines mini ministry missouri mitsui mlp mo mobil modern modular momentum
money monitor monitors monte montreal moog moore mori morning mosaic motorola mount moving mr ms msa mueller muller
mundipharma muniyield museum musical mutual my myriad nac name nantes nationale nature naval naver navigation nc ncs
nebula neo nest netcom netherlands neuberger neuro neuroscience nevada newland newport news nextgen nextra nft nhn nic
nice ningxia nisshin nissin nl no noble nokia non nord nordisk nortel northrop northstar northwestern norway norwegian
novartis novel now npo npp nti nu nutrition nvidia nxp ny oasis object objective odyssey oem offshore og oh ohg ohio
oilfield ojsc ok old olive olympus omni omron ontario op optic opto optoelectronic optoelectronics optronic opus or
orange orbit orbital oregon organisation orient oriental origin oss otsuka otto our outdoor overseas owl oyj pa pace
packaging packard packers pal palm pan panda par para paradigm paragon parallel paramount parking parks particle
partnership pass path patriot paulo payments pbc pcs peak pediatric penn pennsylvania people peoples perception
perfect pet phillips photon photonic physicians pi pico picture pictures pinnacle pivotal pixel pizza plains plant
plastic plastics platforms platinum plexus plumbing pnc poland polaris police polska polymer pool port portal
portfolio porto portuguesa portuguese pos positron pousada practical pratt precious precise precura premium price
prima primary principal print printer priority prism profile program progress progressive promotion promotions
proprietorship propulsion protection provincial ps psi publ publication publications publishers pulse pure purple
pyramid quanta quebec queen quimica rad radar radiant radiation radius rainbow ram ranch rand range rapid rate ray
raymond raytheon rd re reach reality realtime rechenzentrum recherche recorders recovery redes redwood registry
rehabilitation reliable reliance remote rena renewable renewables repsol reserve residential resort resorts response
restaurants return revolution rex rfid richard richmond ring rio rise ristorante rite rivernorth roberts robot roche
rockwell rocky roma room root rose ross rs rt rus russian saab sachs safran saga sai sake salao salon sanayi sanmina
sanofi santander sante sanyo sao sat satcom sau sb sbs sc sca scale scan scandinavia schlumberger schools schwabe
schweiz scott screen scripps sd sds secom second sector seimitsu selex self semiconductors sense sensors sentry seoul
series serono server servier sgs shaanxi shanxi shi shield ship shipping shop short showa sia signals silex simon
simple simulation simulations sirius sistemleri skyline slovakia slu sm smc sms smt snap snmp societa softworks sol
sole soluciones solucoes sonic sonoma sons southwest spain spark sparkasse specialists specialty spectra spectral
speech speed sphere spider spirit spring springs sprott squared ss stage standards stanford stanley start station stc
steers stellantis stellar stem sterling stevens stone stores strats stream streaming strong studi studios success
suisse suites sungard sunny sunrise sunshine supercomputing superior supplies surface surgery surveillance sverige
svyaz swedish swisscom switch switching sysnet systech systemhaus sz tac tactical tadiran tai tandberg tango taqueria
task tata tau taylor tbk tc tcl td te technica technicolor technics techniques technische technolgy techpool
tecnologias tecnologico teknologi teknoloji telco telecoms telecomunicacion telecomunicaciones telecomunicacoes
teledyne telefonica telematica telemetry telenor telesis telesoft telesystems telia tellabs templeton ten teracom
terminal terra terumo tesla testing tetra textile thailand theatre therapeutic therapies therapy thermal things think
thinking third thorne three thunder ti tian ticaret times timing tire tlo tmt toa tomorrow ton tong tongfang toronto
tortoise toshiba touch toulouse tower towers town toyo tp tps track trans transaction transfer transition transmission
transparent travel tree triad trial triangle trident trimble trinity trio triple triumph tron tronic truck tsi
tsinghua tsushin ttc tti tu tudok twin two tyco uab ug ultimate unico unicom unified unipessoal unique unity univ
universidade universita universitat unlimited unternehmensberatung up ups uranium urban ustav utah utilities utility
utstarcom va vaccines vale valeo valve vancouver vanguard vascular vector vehicle vehicles velocity venture veritas
verizon verlag versicherung versicherungen vertex vertical vertriebs veterinary via victory vida view viking vila
vinci virginia vista visteon vital volksbank voltage volvo von voya vr vs vtech vufo vulcan vyzkumny wake wall walmart
ware warehouse wash washington waste watch way wayne welding well wellness werfen werke westinghouse whitney wholesale
wi wifi will william wilson win wind wine wisconsin wisdom wise wistron wit with wm wolf womens wood woori work
working workshop wright www xerox xin yakult yi yield ying young youxiangongsi yu yuan yunnan za zao zavod zealand
zenith zentrum zero zeus zhengzhou zhi zhong zhongshan zhou zimmer zone zoom zrt zurich zydus zylox`,
  ],
];
