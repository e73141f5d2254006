extension HelpTopic {
    static let exitCodes = HelpTopic(
        name: "exit-codes",
        page: Phrase(
            """
            0    done
            1    done, with findings: quarantined rows, failed checks, problems found by "check"
            2    the command line is wrong
            3    an input is unreadable, damaged or contradicts its schema; nothing was written
            4    the numbers cannot be computed as asked: a stratum with one PSU and no rule, an empty domain
            5    a hidden or private figure was asked for outright; a table with hidden cells is 0
            70   a defect of Saual itself; please send us the message
            130  interrupted

            """,
            ru: """
                0    готово
                1    готово, но есть замечания: отложенные строки, непройденные проверки, ошибки, найденные «check»
                2    ошибка в командной строке
                3    входной файл не читается, повреждён или противоречит своей схеме; ничего не записано
                4    так посчитать нельзя: страта с одной единицей без правила, пустая группа
                5    прямо запрошена скрытая или закрытая величина; таблица со скрытыми ячейками — 0
                70   ошибка самой программы; пришлите нам сообщение
                130  прервано

                """,
            kk: """
                0    дайын
                1    дайын, бірақ ескертулер бар: шетке қойылған жолдар, өтпеген тексерулер, «check» тапқан қателер
                2    пәрмен жолы қате
                3    кіріс файлы оқылмайды, бүлінген немесе сызбасына қайшы; ештеңе жазылмады
                4    бұлай есептеу мүмкін емес: ережесіз бір бірлікті страта, бос топ
                5    жасырын немесе жабық шама тікелей сұралды; жасырын ұяшықтары бар кесте — 0
                70   бағдарламаның өз қатесі; хабарын бізге жіберіңіз
                130  үзілді

                """))
}
