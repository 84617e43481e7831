import emailProviders from 'email-providers';

/**
 * Mail for everybody, in the public list of thousands: free, disposable and providers' own. Some of them were or are a
 * company's: these as far as they were met, and others may have a site there, which is why a site counts unless it is
 * one of the large providers below.
 */
const mailForAll = new Set(emailProviders);
for (const company of ['alibaba.com', 'nus.edu.sg']) mailForAll.delete(company);

/** Those that people give as a company's site, since its address ends so. */
const largeProviders = new Set(
  `gmail.com googlemail.com yahoo.com ymail.com rocketmail.com hotmail.com outlook.com live.com msn.com aol.com icloud.com
  me.com mac.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de posteo.de mailbox.org
  proton.me protonmail.com pm.me tutanota.com tuta.io zoho.com mail.com fastmail.com yandex.ru yandex.com mail.ru bk.ru
  inbox.ru list.ru rambler.ru ukr.net wp.pl o2.pl interia.pl onet.pl op.pl gazeta.pl seznam.cz email.cz centrum.cz
  post.cz azet.sk freemail.hu citromail.hu abv.bg libero.it virgilio.it alice.it tiscali.it tin.it orange.fr wanadoo.fr
  free.fr laposte.net sfr.fr bluewin.ch skynet.be telenet.be ziggo.nl kpnmail.nl hetnet.nl planet.nl xs4all.nl
  telia.com online.no uol.com.br bol.com.br terra.com.br ig.com.br globo.com prodigy.net.mx terra.es telefonica.net sapo.pt
  yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.com.br yahoo.co.jp yahoo.co.in hotmail.fr hotmail.it hotmail.es
  hotmail.co.uk live.fr outlook.fr outlook.de
  qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net hanmail.net docomo.ne.jp
  ezweb.ne.jp softbank.ne.jp rediffmail.com btinternet.com sky.com virginmedia.com ntlworld.com comcast.net
  verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net shaw.ca rogers.com sympatico.ca
  bigpond.com optusnet.com.au xtra.co.nz`.split(/\s+/),
);

/** Social networks, directories, marketplaces, link shorteners: everybody's page, nobody's domain. */
const platforms = new Set(
  `crunchbase.com glassdoor.com indeed.com bbb.org manta.com dnb.com opencorporates.com northdata.de northdata.com xing.com kununu.com
  zoominfo.com pitchbook.com firmenwissen.de 11880.com cylex.de meinestadt.de panoramafirm.pl gowork.pl olx.pl infobel.com
  kompass.com europages.com wlw.de societe.com pappers.fr infogreffe.fr einforma.com firmy.cz cybo.com 2gis.ru
  facebook.com fb.com fb.me instagram.com twitter.com x.com linkedin.com youtube.com youtu.be tiktok.com pinterest.com vk.com
  ok.ru t.me wa.me whatsapp.com line.me lin.ee threads.net snapchat.com linktr.ee bit.ly goo.gl g.page
  tinyurl.com t.co linkin.bio beacons.ai google.com wikipedia.org yelp.com tripadvisor.com foursquare.com
  booking.com airbnb.com agoda.com expedia.com hotels.com trustpilot.com gelbeseiten.de dasoertliche.de pagesjaunes.fr
  paginegialle.it paginasamarillas.es yellowpages.com yell.com zocdoc.com doctolib.fr doctolib.de doctoralia.com.br
  doctoralia.com.mx ubereats.com doordash.com grubhub.com just-eat.co.uk lieferando.de ifood.com.br hotpepper.jp
  gnavi.co.jp tabelog.com ameblo.jp gourmet513.com treatwell.de opentable.com mapquest.com hub.biz placeweb.site amazon.com ebay.com
  etsy.com medium.com about.me eventbrite.com meetup.com github.com justdial.com indiamart.com alibaba.com shopee.com
  shopee.com.br mercadolivre.com.br mercadolibre.com.mx tokopedia.com zomato.com canva.site example.com`.split(/\s+/),
);

/** Site builders that give each customer a host below their own domain; the public suffix list misses these. */
const hosts = new Set(
  `business.site negocio.site webnode.com webnode.cz webnode.fr webnode.it webnode.com.br jimdo.com jimdofree.com jimdosite.com
  wix.com weebly.com squarespace.com blogspot.com wordpress.com tumblr.com strikingly.com yolasite.com
  ueniweb.com godaddysites.com sites.google.com site123.me webs.com e-monsite.com eatbu.com ola.click shop.app
  shopify.com typepad.com jindo.com goope.jp jimdoweb.com canalblog.com over-blog.com wixsite.com myshopify.com`.split(
    /\s+/,
  ),
);

/** Whether addresses there are anybody's. */
export const isMailForAll = (registrable: string): boolean =>
  mailForAll.has(registrable) || largeProviders.has(registrable);
/** Whether the site is of those who give everybody mail. */
export const isLargeProvider = (registrable: string): boolean => largeProviders.has(registrable);
export const isPlatform = (registrable: string): boolean => platforms.has(registrable);
export const givesHosts = (registrable: string): boolean => hosts.has(registrable);
