extension HelpTopic {
    static let formats = HelpTopic(
        name: "formats",
        page: Phrase(
            """
            Read: CSV and other delimited text (.csv .tsv .txt, - for standard input). Delimiter and encoding are
            found from the file (UTF-8 with or without mark, UTF-16 with mark); --encoding, --delimiter and --decimal
            overrule.
            Text in cp1251 must be named: --encoding cp1251. The first row holds the names of the columns.
            SPSS (.sav .zsav .por) and Stata (.dta): labels, missing values and sets of answers come from the file; a file that
            does not say its encoding, or says a wrong one, needs --encoding.
            triple-S (.sss .xml): metadata, with the data beside it under the same name (.asc .dat .txt .csv).
            Workbooks (.xlsx .xlsm): the first sheet that is not hidden, or --sheet NAME or N; dates become ISO 8601.
            Forms (XLSForm), DDI codebooks and triple-S metadata are written and read by saual form; exports of Kobo and ODK
            are imported as they are.
            Kept: study files (.saual, an SQLite database), one or several waves: kz.saual:2023 names one.
            Written: --format table (for people), json, ndjson, csv, markdown; reports are HTML and JSON; saual convert
            writes data as .sav .zsav .por .dta .sss .xlsx .csv .tsv.
            In machine formats the decimal sign is a point and numbers are complete, in every language.

            """,
            ru: """
                Читаются: CSV и другой текст с разделителями (.csv .tsv .txt, - для стандартного ввода). Разделитель и
                кодировка определяются по файлу (UTF-8 с меткой и без, UTF-16 с меткой); --encoding, --delimiter и
                --decimal важнее. Кодировку cp1251 надо назвать: --encoding cp1251. Первая строка — имена столбцов.
                SPSS (.sav .zsav .por) и Stata (.dta): подписи, пропуски и наборы ответов берутся из файла; если файл не называет
                кодировку или называет неверную, нужен --encoding.
                triple-S (.sss .xml): метаданные, данные лежат рядом под тем же именем (.asc .dat .txt .csv).
                Книги (.xlsx .xlsm): первый видимый лист или --sheet ИМЯ либо N; даты становятся ISO 8601.
                Формы (XLSForm), кодовые книги DDI и метаданные triple-S пишет и читает saual form; выгрузки Kobo и ODK
                загружаются как есть.
                Хранятся: файлы исследования (.saual, база SQLite) с одной или несколькими волнами; kz.saual:2023
                называет одну.
                Пишутся: --format table (для людей), json, ndjson, csv, markdown; отчёты — HTML и JSON; saual convert
                записывает данные как .sav .zsav .por .dta .sss .xlsx .csv .tsv.
                В машинных форматах на любом языке десятичный знак — точка, числа записаны полностью.

                """,
            kk: """
                Оқылады: CSV және басқа бөлгішті мәтін (.csv .tsv .txt, стандартты кіріс үшін -). Бөлгіш пен кодтау
                файлдан анықталады (белгісі бар не жоқ UTF-8, белгісі бар UTF-16); --encoding, --delimiter, --decimal
                одан жоғары. cp1251 кодтауын атау керек: --encoding cp1251. Бірінші жол — бағандардың атаулары.
                SPSS (.sav .zsav .por) мен Stata (.dta): белгілер, жауапсыздық кодтары, жауап жинақтары файлдан алынады; файл
                кодталуын айтпаса не қате айтса, --encoding керек.
                triple-S (.sss .xml): метадеректер, деректер жанында сол атаумен жатады (.asc .dat .txt .csv).
                Кітаптар (.xlsx .xlsm): бірінші көрінетін парақ немесе --sheet АТАУ не N; күндер ISO 8601 болады.
                Пішіндерді (XLSForm), DDI кодтар кітабын, triple-S метадеректерін saual form жазады әрі оқиды; Kobo мен ODK
                жүктемелері сол күйінде алынады.
                Сақталады: бір не бірнеше толқыны бар зерттеу файлдары (.saual, SQLite базасы); kz.saual:2023 біреуін
                атайды.
                Жазылады: --format table (адамдарға), json, ndjson, csv, markdown; есептер — HTML және JSON; saual convert
                деректерді .sav .zsav .por .dta .sss .xlsx .csv .tsv түрінде жазады.
                Машиналық форматтарда кез келген тілде ондық белгі — нүкте, сандар толық жазылады.

                """))
}
