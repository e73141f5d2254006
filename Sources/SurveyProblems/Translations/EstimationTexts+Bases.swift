extension ProblemTexts {
    /// What `saual estimate` says of separate ratios, bases of sets, and contrasts by replicate.
    static let estimationBases: [ProblemText] = [
        ProblemText(
            "estimation.contrast-without-replicates",
            ru: (
                what: "--contrast-variance replicate требует весов-реплик",
                why: "функция вычисляется по оценкам каждой реплики; в плане выборки их нет",
                fix: "добавьте --replicates bootstrap или выберите --contrast-variance linearised"
            ),
            kk: (
                what: "--contrast-variance replicate реплика салмақтарын қажет етеді",
                why: "функция әр репликаның бағалаулары бойынша есептеледі; іріктеу жоспарында олар жоқ",
                fix: "--replicates bootstrap қосыңыз немесе --contrast-variance linearised таңдаңыз"
            )),
        ProblemText(
            "estimation.no-replicate-values",
            ru: (
                what: "У «{1}» нет значений по репликам",
                why: "стандартная ошибка получена из интервала, поэтому своей оценки у реплик нет",
                fix: "добавьте --quantile-ci replicate или выберите --contrast-variance linearised"
            ),
            kk: (
                what: "«{1}» үшін репликалар бойынша мәндер жоқ",
                why: "стандартты қате аралықтан алынған, сондықтан репликалардың өз бағалауы жоқ",
                fix: "--quantile-ci replicate қосыңыз немесе --contrast-variance linearised таңдаңыз"
            )),
        ProblemText(
            "command.set-base-without-set",
            ru: (
                what: "--set-base не к чему применить",
                why:
                    "параметр говорит, от чего берутся доли пунктов вопроса с несколькими ответами; такого вопроса нет",
                fix: "добавьте --share с именем такого вопроса или уберите --set-base"
            ),
            kk: (
                what: "--set-base қолданатын нәрсе жоқ",
                why: "параметр көп жауапты сұрақ тармақтарының үлесі неден алынатынын айтады; ондай сұрақ сұралмаған",
                fix: "осындай сұрақ атымен --share қосыңыз немесе --set-base параметрін алып тастаңыз"
            )),
        ProblemText(
            "command.separate-alone",
            ru: (
                what: "{1} не сочетается с --separate",
                why: "у раздельного отношения одна строка на страту и одна сумма, других групп нет",
                fix: "уберите одно из двух"
            ),
            kk: (
                what: "{1} параметрі --separate параметрімен үйлеспейді",
                why: "бөлек қатынаста әр стратаға бір жол және бір қосынды бар, басқа топтар жоқ",
                fix: "екеуінің бірін алып тастаңыз"
            )),
        ProblemText(
            "command.separate-of-one-ratio",
            ru: (
                what: "--separate сочетается с одним --ratio и ни с чем больше",
                why: "его суммы относятся к знаменателю этого отношения",
                fix: "запросите одно --ratio A/B, а другие статистики — отдельным вызовом"
            ),
            kk: (
                what: "--separate тек бір --ratio параметрімен үйлеседі",
                why: "оның қосындылары сол қатынастың бөліміне жатады",
                fix: "бір --ratio A/B сұраңыз, ал басқа статистикаларды бөлек шақырыңыз"
            )),
        ProblemText(
            "command.separate-file",
            ru: (
                what: "Суммы --separate относятся не к одной переменной",
                why: "каждая строка даёт сумму знаменателя в одной страте, все — одной переменной; найдено {1}",
                fix: "напишите строки одной переменной: variable,category,total"
            ),
            kk: (
                what: "--separate қосындылары бір айнымалыға жатпайды",
                why: "әр жол бөлімнің бір стратадағы қосындысын береді, бәрі бір айнымалыныкі; табылғаны {1}",
                fix: "бір айнымалының жолдарын жазыңыз: variable,category,total"
            )),
    ]
}
