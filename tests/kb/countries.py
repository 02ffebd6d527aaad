#!/usr/bin/env python3
"""Writes assets/kb/derived/countries.tsv from CLDR (npm package cldr-localenames-full 48.2.0).

    npm pack cldr-localenames-full@48.2.0 && tar xzf cldr-localenames-full-48.2.0.tgz
    python3 tests/kb/countries.py package > assets/kb/derived/countries.tsv

Deterministic: the same package gives the same file.
"""
import json, re, sys

NAMES = {lang: json.load(open(f'{sys.argv[1]}/main/{lang}/territories.json', encoding='utf-8'))
         ['main'][lang]['localeDisplayNames']['territories'] for lang in ('en', 'de', 'ar')}
# sovereign states: the members of the United Nations, and four more that news treat alike
STATES = """AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM
CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID
IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM
MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI
SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW
PS TW XK""".split()
TERRITORIES = 'HK MO PR GL GI EH FO BM AW CW NC PF GU VI KY GG JE IM RE GP MQ GF YT FK'.split()
# where the title of the English Wikipedia differs from the name in CLDR
KEYS = {'GE': 'Georgia (country)', 'CD': 'Democratic Republic of the Congo', 'CG': 'Republic of the Congo', 'MM': 'Myanmar',
        'CZ': 'Czech Republic', 'PS': 'Palestine', 'TR': 'Turkey', 'CI': 'Ivory Coast', 'BA': 'Bosnia and Herzegovina',
        'AG': 'Antigua and Barbuda', 'KN': 'Saint Kitts and Nevis', 'LC': 'Saint Lucia', 'TT': 'Trinidad and Tobago',
        'VC': 'Saint Vincent and the Grenadines', 'ST': 'São Tomé and Príncipe', 'IE': 'Republic of Ireland', 'TL': 'East Timor',
        'HK': 'Hong Kong', 'MO': 'Macau', 'CV': 'Cape Verde', 'FM': 'Federated States of Micronesia', 'MK': 'North Macedonia'}
# names that are also words, first names or other places, by column
ASK = {'Chad', 'Jordan', 'Georgia', 'Ireland', 'Guinea', 'Mali?', 'Niger?', 'Tschad?', 'Turkey?', 'Jersey', 'Jersey?', 'Guernsey?',
       'Oman?', 'Man?', 'تشاد?', 'مالي', 'النيجر?', 'غانا?', 'عمان', 'بنين', 'توغو?', 'تونغا?', 'ساموا?', 'كوبا?', 'بيرو', 'غينيا?', 'الأردن?',
       'تونس?', 'الهند?', 'السلفادور?', 'رواندا?', 'جزر', 'Palau?', 'Kongo', 'Congo', 'UK?', 'US?', 'عُمان', 'بالاو?', 'فيجي?', 'ناورو?', 'موناكو?'}


def mark(name):
    return name + '?' if name in ASK else name


def spellings(lang, code):
    names = NAMES[lang]
    found = []
    for key in (code, f'{code}-alt-short', f'{code}-alt-variant'):
        name = names.get(key)
        if not name:
            continue
        name = re.sub(r'\s*\(.*?\)', '', name)  # "Congo (DRC)"
        name = name.replace('&', 'and') if lang == 'en' else name
        if ' - ' in name or 'alt-chagos' in key:
            name = name.replace(' - ', '-')
        if name not in found:
            found.append(name)
    return found


def main():
    print('# States and territories of the world, from CLDR by tests/kb/countries.py; more spellings stand in countries.tsv.')
    print('#! source=CLDR')
    rows = []
    for code in STATES + TERRITORIES:
        en, de, ar = (spellings(lang, code) for lang in ('en', 'de', 'ar'))
        key = KEYS.get(code, en[0])
        plain = key.split(' (')[0]
        en = [n for n in en if n != plain or n in ASK]
        kind = 'COUNTRY' if code in STATES else 'PLACE'
        if plain in ASK and plain not in en:
            en.insert(0, plain)
        de = [] if de == [plain] and plain not in ASK else de
        rows.append('\t'.join([key, kind, *('; '.join(map(mark, names)) for names in (en, de, ar))]))
    print('\n'.join(sorted(rows)))


main()
