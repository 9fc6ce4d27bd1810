"""The answers an Emarsys single-choice field allows, by field: the ids and words of one real account.

Data only. Accounts may differ, so a client should ask for its own; this is what the practice account has.
Source: a public dump of one account's choices, collected with the Emarsys documents.
"""

from __future__ import annotations

import re

_COUNTRIES = """
1 Afghanistan; 2 Albania; 3 Algeria; 4 Andorra; 5 Angola; 6 Antigua and Barbuda; 7 Argentina; 8 Armenia;
9 Australia; 10 Austria; 11 Azerbaijan; 12 Bahamas; 13 Bahrain; 14 Bangladesh; 15 Barbados; 16 Belarus;
17 Belgium; 18 Belize; 19 Benin; 20 Bhutan; 21 Bolivia; 22 Bosnia and Herzegovina; 23 Botswana; 24
Brazil; 25 Brunei Darussalam; 26 Bulgaria; 27 Burkina Faso; 28 Burma; 29 Burundi; 30 Cambodia; 31
Cameroon; 32 Canada; 33 Cape Verde; 34 Central African Republic; 35 Chad; 36 Chile; 37 China; 38
Colombia; 39 Comoros; 40 Congo; 41 Congo, Democratic Republic of the; 42 Costa Rica; 43 Cote d'Ivoire;
44 Croatia; 45 Cuba; 46 Cyprus; 47 Czech Republic; 48 Denmark; 49 Djibouti; 50 Dominica; 51 Dominican
Republic; 52 Ecuador; 53 Egypt; 54 El Salvador; 55 Equatorial Guinea; 56 Eritrea; 57 Estonia; 58
Ethiopia; 59 Fiji; 60 Finland; 61 France; 62 Gabon; 63 Gambia, The; 64 Georgia; 65 Germany; 66 Ghana; 67
Greece; 68 Grenada; 69 Guatemala; 70 Guinea; 71 Guinea-Bissau; 72 Guyana; 73 Haiti; 74 Honduras; 75
Hungary; 76 Iceland; 77 India; 78 Indonesia; 79 Iran; 80 Iraq; 81 Ireland; 82 Israel; 83 Italy; 84
Jamaica; 85 Japan; 86 Jordan; 87 Kazakhstan; 88 Kenya; 89 Kiribati; 90 Korea, North; 91 Korea, South; 92
Kuwait; 93 Kyrgyzstan; 94 Laos; 95 Latvia; 96 Lebanon; 97 Lesotho; 98 Liberia; 99 Libya; 100
Liechtenstein; 101 Lithuania; 102 Luxembourg; 103 Macedonia; 104 Madagascar; 105 Malawi; 106 Malaysia;
107 Maldives; 108 Mali; 109 Malta; 110 Marshall Islands; 111 Mauritania; 112 Mauritius; 113 Mexico; 114
Micronesia; 115 Moldova; 116 Monaco; 117 Mongolia; 118 Morocco; 119 Mozambique; 120 Myanmar; 121
Namibia; 122 Nauru; 123 Nepal; 124 The Netherlands; 125 New Zealand; 126 Nicaragua; 127 Niger; 128
Nigeria; 129 Norway; 130 Oman; 131 Pakistan; 132 Palau; 134 Panama; 135 Papua New Guinea; 136 Paraguay;
137 Peru; 138 Philippines; 139 Poland; 140 Portugal; 141 Qatar; 142 Romania; 143 Russia; 144 Rwanda; 145
St. Kitts and Nevis; 146 St. Lucia; 147 St. Vincent and The Grenadines; 148 Samoa; 149 San Marino; 150
São Tomé and Príncipe; 151 Saudi Arabia; 152 Senegal; 153 Serbia; 154 Seychelles; 155 Sierra Leone; 156
Singapore; 157 Slovakia; 158 Slovenia; 159 Solomon Islands; 160 Somalia; 161 South Africa; 162 Spain;
163 Sri Lanka; 164 Sudan; 165 Suriname; 166 Swaziland; 167 Sweden; 168 Switzerland; 169 Syria; 170
Taiwan; 171 Tajikistan; 172 Tanzania; 173 Thailand; 174 Togo; 175 Tonga; 176 Trinidad and Tobago; 177
Tunisia; 178 Turkey; 179 Turkmenistan; 180 Tuvalu; 181 Uganda; 182 Ukraine; 183 United Arab Emirates;
184 United Kingdom; 185 United States of America; 186 Uruguay; 187 Uzbekistan; 188 Vanuatu; 189 Vatican
City; 190 Venezuela; 191 Vietnam; 192 Western Sahara; 193 Yemen; 194 Yugoslavia; 195 Zaire; 196 Zambia;
197 Zimbabwe; 198 Greenland; 199 Virgin Islands; 201 Canary Islands; 202 Montenegro; 203 Gibraltar; 204
Netherlands Antilles; 205 Hong Kong; 206 Macau; 257 Isle of Man; 258 East Timor; 259 Kosovo; 260 Åland
Islands; 261 Anguilla; 262 Aruba; 263 Bermuda; 264 Bouvet Island; 265 British Indian Ocean Territory;
266 Cayman Islands; 267 Christmas Island; 268 Cocos (Keeling) Islands; 269 Cook Islands; 270 Curaçao;
271 Falkland Islands; 272 French Guiana; 273 French Polynesia; 274 French Southern and Antarctic Lands;
275 Guadeloupe; 276 Guernsey; 277 Heard Island and McDonald Islands; 278 Jersey; 279 Martinique; 280
Mayotte; 281 Montserrat; 282 New Caledonia; 283 Niue; 284 Norfolk Island; 285 Palestinian territories;
286 Pitcairn Islands; 287 Réunion; 288 Saint Barthélemy; 289 Saint Helena; 290 Saint Martin; 291 Saint
Pierre and Miquelon; 292 Sint Maarten; 293 South Georgia and the South Sandwich Islands; 294 South
Sudan; 295 Svalbard and Jan Mayen; 296 Tokelau; 297 Turks and Caicos Islands; 298 United States Minor
Outlying Islands; 299 Wallis and Futuna; 300 Faroe Islands
"""
_LANGUAGES = """
1 English; 2 German; 3 French; 4 Italian; 8 Spanish; 9 Swedish; 10 Norwegian; 11 Dutch; 12 Danish; 13
Finnish; 14 Portuguese; 15 Czech; 16 Hungarian; 17 Polish; 18 Romanian; 19 Slovenian; 20 Japanese; 21
Russian; 22 Bulgarian; 23 Moldavian; 24 Slovak; 25 Turkish; 26 Korean; 27 Thai; 28 Chinese (simplified);
29 Chinese (traditional); 38 Ukrainian; 39 Macedonian; 40 Arabic; 41 Serbocroatian; 42 Hebrew; 43
Serbian; 44 Greek; 45 Latvian; 46 Estonian; 47 Croatian; 48 Hindi; 49 Brazilian; 50 Mexican; 51
Vietnamese; 52 Lithuanian; 55 English (US); 58 Afrikaans; 68 Persian
"""
_POSITIONS = """
1 Administration; 2 CEO; 3 CFO; 4 CIO; 5 CMO; 6 COO; 7 CTO; 8 Chairman; 9 Consultant; 10 Controller; 11
Designer; 12 IT/IS Director; 13 IT/IS Staff; 14 Manager; 15 PR/Marketing; 16 President; 17
Press/Journalist; 18 Product/Brand Mgmt; 19 Sales/Business Dev.; 20 Supervisor; 21 System Integrator; 22
VP Marketing; 23 VP Sales; 24 Self-employed; 25 Intern; 26 Student; 27 Retired; 28 Unemployed; 29 Home;
30 Other
"""
_DEPARTMENTS = """
1 E-Commerce; 2 Executive; 3 Finance; 4 IT; 5 Investments; 6 Manufacturing; 7 Marketing; 8 New Business;
9 New Media; 10 Operations; 11 PR/Communications; 12 R&D; 13 Sales; 14 Telecommunications; 15 HR; 16
Customer Service; 17 Other
"""
_INDUSTRIES = """
1 Agriculture; 2 Automotive; 3 Consulting; 4 Consumer Packaged Goods; 5 Education; 6 Entertainment; 7
Financial; 8 Government; 9 Hardware/Software; 10 Health Care; 11 Manufacturing; 12 Media; 13 Non-Profit;
14 Retail/E-Commerce; 15 Telecom; 16 Travel; 17 Utilities; 18 Advertising/PR
"""
_OFFICE_COUNTRY_LAST = 206  # the office country has only the first 204 of the countries


def _table(text: str) -> dict[str, str]:
    entries = (entry.strip() for entry in re.split(r";\s", text.strip().replace("\n", " ")))
    return {number: words for number, _, words in (entry.partition(" ") for entry in entries)}


_COUNTRY = _table(_COUNTRIES)

# By field id: {choice id: words}. Note that the ids of 7 (children) are not the numbers of children.
CHOICES: dict[str, dict[str, str]] = {
    "5": _table("1 Male; 2 Female; 3 Prefer not to say"),
    "6": _table("1 Single; 2 Married; 3 Partnership; 4 Divorced; 5 Widowed"),
    "7": _table("1 0; 2 1; 3 2; 4 3; 5 > 3"),
    "8": _table(
        "1 Elementary school; 2 Comprehensive school; 3 Apprenticeship; 4 High/Grammar school; "
        "5 College/University; 6 Post-graduate"
    ),
    "9": _table("1 Dir.; 4 Dr.; 5 Mag.; 6 Ing.; 7 Dipl.Ing.; 8 Prof.; 9 Dkfm.; 12 Prok."),
    "14": _COUNTRY,
    "17": _table(_POSITIONS),
    "19": _table(_DEPARTMENTS),
    "20": _table(_INDUSTRIES),
    "23": _table(
        "1 1 - 9; 2 10 - 49; 3 50 - 99; 4 100 - 249; 5 250 - 499; 6 500 - 999; 7 1,000 - 2,499; "
        "8 2,500 - 9,999; 9 >= 10,000; 10 I don't know"
    ),
    "24": _table(
        "1 < 99; 2 100 - 249; 3 250 - 499; 4 500 - 999; 5 1,000 - 2,499; 6 2,500 - 9,999; "
        "7 >= 10,000; 8 I don't know"
    ),
    "26": _table("1 HTML; 2 Text only"),
    "31": _table("1 True; 2 False"),
    "35": _table(_LANGUAGES),
    "45": {number: words for number, words in _COUNTRY.items() if int(number) <= _OFFICE_COUNTRY_LAST},
    "46": _table("1 Mr.; 2 Ms.; 4 Family; 5 Company; 6 Mx."),
    # The practice account's own multiple-choice fields (see emarsys_fields).
    "123": _table("1 News; 2 Offers; 3 Events; 4 Surveys"),
    "8765": _table("1 Shoes; 2 Shirts; 3 Hats"),
}
