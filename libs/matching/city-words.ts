/** Nations' adjectives, states, and the cities that often stand beside a company's name: they tell where, not which one. */
const words = `american europeo european asian african deutsche deutscher deutsches polski polskie polska espanola italiana brasileira
mexicana norske svenska danske nederlandse magyar russian ukrainian chinese nippon japanese korean indian vietnamese canadian
australian zealand british english scottish welsh irish german french spanish italian polish dutch swiss swedish nordic
scandinavia iberia iberica benelux baltic balkan
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa
kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire
jersey york carolina dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington
wisconsin wyoming ontario quebec alberta manitoba bayern sachsen hessen bavaria
london paris berlin munich munchen muenchen hamburg koln koeln cologne frankfurt stuttgart dusseldorf leipzig dresden vienna wien
zurich geneva geneve basel bern brussels bruxelles amsterdam rotterdam madrid barcelona valencia sevilla lisboa lisbon porto roma rome
milano milan torino napoli warszawa warsaw krakow wroclaw poznan gdansk lodz prague praha brno budapest bucuresti bucharest sofia
athens istanbul ankara izmir moscow moskva kiev kyiv oslo stockholm goteborg copenhagen helsinki tallinn riga vilnius
dublin glasgow edinburgh manchester birmingham leeds lyon marseille lille toulouse bordeaux nantes boston chicago dallas
houston austin denver phoenix seattle portland atlanta miami orlando tampa angeles francisco diego antonio vegas
philadelphia pittsburgh detroit cleveland cincinnati columbus charlotte nashville memphis minneapolis toronto montreal vancouver
calgary sydney melbourne brisbane perth auckland tokyo osaka nagoya kyoto yokohama fukuoka sapporo seoul busan beijing shanghai
shenzhen guangzhou hangzhou nanjing chengdu wuhan tianjin suzhou ningbo xiamen qingdao dongguan foshan zhejiang jiangsu guangdong
shandong fujian sichuan hubei hunan henan hebei taipei singapore kuala lumpur jakarta bangkok manila hanoi mumbai
delhi bangalore chennai kolkata hyderabad pune dubai doha riyadh jeddah cairo lagos nairobi johannesburg durban
paulo janeiro brasilia buenos aires bogota lima monterrey guadalajara`;

const cities = new Set(words.split(/\s+/));

export const isCityWord = (token: string): boolean => cities.has(token);
