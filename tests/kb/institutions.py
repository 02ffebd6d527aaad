#!/usr/bin/env python3
"""Writes assets/kb/derived/institutions.tsv: armies, police forces, ministries, parliaments and central banks of the
nations in tests/kb/adjectives.tsv, in the ways in which news name them. What a curated table names already is left out.

    python3 tests/kb/institutions.py > assets/kb/derived/institutions.tsv

Deterministic.
"""
import os, re

HERE = os.path.dirname(os.path.abspath(__file__))
KB = os.path.join(HERE, '../../assets/kb')

# key, kind, English, German, Arabic; {A} adjective, {C} country, {m} {f} Arabic adjective, masculine and feminine.
# German adjectives keep their ending: the finder reads past it.
INSTITUTIONS = [
    ('{A} Armed Forces', 'GROUP', ['{A} army', '{A} Army', '{A} armed forces', '{A} military'],
     ['{a}e Armee', '{a}e Streitkräfte', '{a}en Streitkräften', '{a}e Militär', '{a}en Militärs'],
     ['الجيش {m}', 'القوات المسلحة {f}']),
    ('{A} Air Force', 'GROUP', ['{A} air force'], ['{a}e Luftwaffe'], ['سلاح الجو {m}', 'القوات الجوية {f}', 'سلاح الطيران {m}', 'الطيران الحربي {m}']),
    ('{A} Navy', 'GROUP', ['{A} navy'], ['{a}e Marine', '{a}e Kriegsmarine'], ['البحرية {f}', 'القوات البحرية {f}', 'سلاح البحرية {m}']),
    ('{A} Police', 'GROUP', ['{A} police', '{A} National Police'], ['{a}e Polizei', '{a}e Nationalpolizei'], ['الشرطة {f}']),
    ('{A} Coast Guard', 'GROUP', ['{A} coast guard', '{A} coastguard'], ['{a}e Küstenwache'], ['خفر السواحل {m}', 'حرس السواحل {m}']),
    ('Ministry of Foreign Affairs ({C})', 'ORG',
     ['-', '{A} Foreign Ministry', '{A} foreign ministry', '{A} Ministry of Foreign Affairs', '{A} Ministry for Foreign Affairs', 'Foreign Ministry~', 'Ministry of Foreign Affairs~', 'foreign ministry~'],
     ['{a}e Außenministerium', 'Außenministerium~'],
     ['وزارة الخارجية {f}', 'الخارجية {f}', 'وزارة الشؤون الخارجية {f}', 'وزارة الخارجية~']),
    ('Ministry of Defence ({C})', 'ORG',
     ['-', '{A} Defence Ministry', '{A} Defense Ministry', '{A} defence ministry', '{A} defense ministry', '{A} Ministry of Defence', '{A} Ministry of Defense', '{A} Department of Defense', 'Defence Ministry~', 'Defense Ministry~', 'Ministry of Defence~', 'Ministry of Defense~', 'defense ministry~', 'defence ministry~'],
     ['{a}e Verteidigungsministerium', 'Verteidigungsministerium~'],
     ['وزارة الدفاع {f}', 'الدفاع {f}', 'وزارة الدفاع~']),
    ('Ministry of Interior ({C})', 'ORG',
     ['-', '{A} Interior Ministry', '{A} interior ministry', '{A} Ministry of Interior', '{A} Ministry of the Interior', 'Interior Ministry~', 'Ministry of Interior~', 'Ministry of the Interior~', 'interior ministry~'],
     ['{a}e Innenministerium', 'Innenministerium~'],
     ['وزارة الداخلية {f}', 'الداخلية {f}', 'وزارة الداخلية~']),
    ('Ministry of Health ({C})', 'ORG',
     ['-', '{A} Health Ministry', '{A} health ministry', '{A} Ministry of Health', 'Health Ministry~', 'Ministry of Health~', 'health ministry~'],
     ['{a}e Gesundheitsministerium', 'Gesundheitsministerium~'], ['وزارة الصحة {f}', 'وزارة الصحة~']),
    ('Ministry of Justice ({C})', 'ORG',
     ['-', '{A} Justice Ministry', '{A} justice ministry', '{A} Ministry of Justice', 'Justice Ministry~', 'Ministry of Justice~'],
     ['{a}e Justizministerium', 'Justizministerium~'], ['وزارة العدل {f}', 'وزارة العدل~']),
    ('Ministry of Finance ({C})', 'ORG',
     ['-', '{A} Finance Ministry', '{A} finance ministry', '{A} Ministry of Finance', 'Finance Ministry~', 'Ministry of Finance~'],
     ['{a}e Finanzministerium', 'Finanzministerium~'], ['وزارة المالية {f}', 'وزارة المالية~']),
    ('Ministry of Education ({C})', 'ORG',
     ['-', '{A} Education Ministry', '{A} Ministry of Education', 'Education Ministry~', 'Ministry of Education~'],
     ['{a}e Bildungsministerium', 'Bildungsministerium~'], ['وزارة التربية {f}', 'وزارة التعليم {f}', 'وزارة التربية والتعليم {f}', 'وزارة التعليم~', 'وزارة التربية~', 'وزارة التربية والتعليم~']),
    ('Ministry of Energy ({C})', 'ORG',
     ['-', '{A} Energy Ministry', '{A} Oil Ministry', '{A} oil ministry', '{A} energy ministry', '{A} Ministry of Energy', '{A} Ministry of Oil', 'Oil Ministry~', 'Energy Ministry~', 'Ministry of Energy~'],
     ['{a}e Energieministerium', '{a}e Ölministerium', 'Ölministerium~', 'Energieministerium~'], ['وزارة النفط {f}', 'وزارة الطاقة {f}', 'وزارة البترول {f}', 'وزارة النفط~', 'وزارة الطاقة~', 'وزارة البترول~']),
    ('Ministry of Transport ({C})', 'ORG',
     ['-', '{A} Transport Ministry', '{A} transport ministry', '{A} Ministry of Transport', 'Transport Ministry~', 'Ministry of Transport~'],
     ['{a}e Verkehrsministerium', 'Verkehrsministerium~'], ['وزارة النقل {f}', 'وزارة النقل~']),
    ('Ministry of Economy ({C})', 'ORG',
     ['-', '{A} Economy Ministry', '{A} economy ministry', '{A} Ministry of Economy', 'Economy Ministry~', 'Ministry of Economy~'],
     ['{a}e Wirtschaftsministerium', 'Wirtschaftsministerium~'], ['وزارة الاقتصاد {f}', 'وزارة الاقتصاد~']),
    ('Ministry of Culture ({C})', 'ORG',
     ['-', '{A} Culture Ministry', '{A} culture ministry', '{A} Ministry of Culture', 'Culture Ministry~', 'Ministry of Culture~'],
     ['{a}e Kulturministerium', 'Kulturministerium~'], ['وزارة الثقافة {f}', 'وزارة الثقافة~']),
    ('Ministry of Labour ({C})', 'ORG', ['-', '{A} Labour Ministry', '{A} Labor Ministry', '{A} Ministry of Labour', '{A} Ministry of Labor', 'Labour Ministry~', 'Ministry of Labour~'],
     ['{a}e Arbeitsministerium', 'Arbeitsministerium~'], ['وزارة العمل {f}', 'وزارة العمل~']),
    ('Parliament of {C}', 'ORG', ['{A} parliament', '{A} Parliament', '{A} House of Representatives'], ['{a}e Parlament'],
     ['البرلمان {m}', 'مجلس النواب {m}']),
    ('Central Bank of {C}', 'ORG', ['{A} central bank', '{A} Central Bank'], ['{a}e Zentralbank', '{a}e Notenbank'], ['البنك المركزي {m}', 'المصرف المركزي {m}']),
    ('Supreme Court of {C}', 'ORG', ['{A} Supreme Court', '{A} supreme court', 'Supreme Court~'], ['{a}e Oberste Gerichtshof', '{a}e Oberste Gericht'], ['المحكمة العليا {f}', 'المحكمة العليا~']),
    ('Constitutional Court of {C}', 'ORG', ['{A} Constitutional Court', 'Constitutional Court~'], ['{a}e Verfassungsgericht', 'Verfassungsgericht~'], ['المحكمة الدستورية {f}', 'المحكمة الدستورية~']),
]
# institutions that curated tables name
HAVE = {('Germany', n) for n in range(5, 20)} | {('United States', n) for n in (0, 1, 2, 5, 6, 17, 18)}
ARAB = set('Syria Iraq Lebanon Jordan Palestine Egypt Qatar Kuwait Bahrain Yemen Libya Tunisia Algeria Morocco Mauritania Sudan Somalia'.split()) | {'Saudi Arabia', 'United Arab Emirates'}
RED_CRESCENT = ('{A} Red Crescent', 'ORG', ['{A} Red Crescent Society'], ['{a}e Rote Halbmond'], ['الهلال الأحمر {m}', 'جمعية الهلال الأحمر {m}', 'هيئة الهلال الأحمر {m}'])
CIVIL_DEFENCE = ('{A} Civil Defence', 'ORG', ['{A} Civil Defense', '{A} civil defence', '{A} civil defense'], ['{a}e Zivilschutz'], ['الدفاع المدني {m}'])


def listed():
    """Names that curated tables have."""
    names, keys = set(), set()
    for folder, _, files in os.walk(KB):
        for file in files:
            if file.endswith('.tsv') and not (folder.endswith('derived')):
                for line in open(os.path.join(folder, file), encoding='utf-8'):
                    if not line.startswith('#') and line.strip():
                        cells = (line.rstrip('\n').split('\t') + [''] * 6)[:6]
                        keys.add(cells[0])
                        names |= {n.strip(' ?~').lower() for cell in [cells[0]] + cells[2:5] for n in cell.split(';')}
    return keys, names


def main():
    keys, names = listed()
    print('# Institutions of nations by tests/kb/institutions.py; do not edit. key\tkind\tEnglish\tGerman\tArabic\tfacts')
    print('#! source=derived')
    for line in open(os.path.join(HERE, 'adjectives.tsv'), encoding='utf-8'):
        if line.startswith('#') or not line.strip():
            continue
        cells = line.rstrip('\n').split('\t')
        country, en, de, ar_m, ar_f, *more = cells
        en, de, ar = [en], [de], [(ar_m, ar_f)]
        for extra in more:
            if re.match('[\u0600-\u06ff]', extra):
                ar.append((extra, '')) if ar[-1][1] else ar.__setitem__(-1, (ar[-1][0], extra))
            elif extra[0].islower() or extra.startswith('US-'):
                de.append(extra)
            else:
                en.append(extra)
        # an adjective is no name, and must not be taken for another spelling of one: Syrian, Siryan
        adjectives = [f'{a}{s}' for a in en if a.isalpha() and a != 'US' for s in ('', 's')]
        if adjectives:
            print(f'(adjective of {country.split(" (")[0]})', 'NONE', '-; ' + '; '.join(adjectives), sep='\t')
        plain = country.split(' (')[0]
        rows = list(enumerate(INSTITUTIONS))
        if country in ARAB:
            rows += [(98, RED_CRESCENT), (99, CIVIL_DEFENCE)]
        for number, (key, kind, english, german, arabic) in rows:
            if (country, number) in HAVE:
                continue
            key = key.format(A=en[0], C=plain)
            fill = lambda patterns, **k: [p.format(C=plain, **k) for p in patterns]
            e = [n for a in en for n in fill(english, A=a)]
            if '-' not in e:
                e += [f'{a} {key.split(" ", 1)[1]}' for a in en[1:] if key.startswith(en[0])]
            g = [n for a in de for n in fill(german, a=a)]
            a = [n for m, f in ar for n in fill(arabic, m=m, f=f)]
            def keep(found):
                seen = []
                for n in found:
                    if n == '-' or n not in seen and n != key and n.strip('?~').lower() not in (names if '~' not in n else ()):
                        seen.append(n)
                return seen
            e, g, a = keep(e), keep(g), keep(a)
            curated = key in keys or key.lower() in names
            proper = [n for n in g + a if not n.endswith('~')]
            if curated or not proper:
                continue
            if country == 'United Kingdom' and kind == 'GROUP' and 'Police' not in key:
                continue
            print('\t'.join([key, kind, '; '.join(e), '; '.join(g), '; '.join(a), f'in={country}']))


main()
