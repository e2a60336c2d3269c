using System.Collections.Frozen;

namespace PatroniOps.Logs;

/// <summary>The words before the colon in PostgreSQL's stderr format and in csvlog, in the languages that PostgreSQL is translated into.</summary>
/// <remarks>Source: PostgreSQL, src/backend/utils/error/elog.c (error_severity) and src/backend/po/*.po.</remarks>
internal static class SeverityLabels
{
    private static readonly (LogSeverity Severity, string English, string Others)[] Severities =
    [
        (LogSeverity.Debug, "DEBUG DEBUG1 DEBUG2 DEBUG3 DEBUG4 DEBUG5", "DEPURAÇÃO ОТЛАДКА НАЛАГОДЖЕННЯ 디버그 გამართვა 调试"),
        (LogSeverity.Log, "LOG", "LOGG DZIENNIK СООБЩЕНИЕ ЗАПИСУВАННЯ 로그 ჟურნალი 日志"),
        (LogSeverity.Info, "INFO", "INFORMACJA BİLGİ ИНФОРМАЦИЯ ІНФОРМАЦІЯ 정보 ინფორმაცია 信息"),
        (LogSeverity.Notice, "NOTICE", "HINWEIS NOTIFICA NOTIS NOTA UWAGA NOT ЗАМЕЧАНИЕ ПОВІДОМЛЕННЯ 알림 注意"),
        (LogSeverity.Warning, "WARNING", "WARNUNG ATTENTION AVERTISSEMENT ATTENZIONE VARNING AVISO OSTRZEŻENIE VAROVÁNÍ UYARI ПРЕДУПРЕЖДЕНИЕ ПОПЕРЕДЖЕННЯ 경고 გაფრთხილება 警告"),
        (LogSeverity.Error, "ERROR", "FEHLER ERREUR ERRORE ERRO FEL BŁĄD CHYBA HATA ОШИБКА ПОМИЛКА 오류 შეცდომა 错误"),
        (LogSeverity.Fatal, "FATAL", "FATALE FATALT KATASTROFALNY ÖLÜMCÜL ВАЖНО ФАТАЛЬНО 치명적오류 ფატალური 致命错误"),
        (LogSeverity.Panic, "PANIC", "PANIK PANICO PÂNICO PANIKA KRİTİK ПАНИКА ПАНІКА 손상 პანიკა 比致命错误还过分的错误"),
    ];

    private const string Explanations = "DETAIL HINT";
    private const string OtherExplanations = "DÉTAIL ASTUCE TIPP DETALLE SUGERENCIA DETTAGLI SUGGERIMENTO DETALHE DICA DETALJ TIPS SZCZEGÓŁY PODPOWIEDŹ AYRINTI İPUCU ПОДРОБНОСТИ ПОДСКАЗКА ВІДОМОСТІ УКАЗІВКА 상세정보 힌트 დეტალები მინიშნება 详细信息 提示 詳細 ヒント";
    private const string Attachments = "QUERY CONTEXT LOCATION STATEMENT BACKTRACE";
    private const string OtherAttachments = "ANFRAGE ZUSAMMENHANG ANWEISUNG REQUÊTE CONTEXTE INSTRUCTION CONSULTA CONTEXTO SENTENCIA CONTESTO ISTRUZIONE COMANDO FRÅGA KONTEXT SATS ZAPYTANIE KONTEKST WYRAŻENIE ЗАПРОС КОНТЕКСТ ОПЕРАТОР СТЕК ЗАПИТ ІНСТРУКЦІЯ 쿼리 내용 구문 მოთხოვნა კონტექსტი ოპერატორი 查询 上下文 语句 問い合わせ 文脈 文";

    private static readonly FrozenDictionary<string, SeverityLabel> Table = Build().ToFrozenDictionary(l => l.Word, StringComparer.Ordinal);

    /// <summary>The label of a word, or null when it is none.</summary>
    public static SeverityLabel? Find(string word) => Table.GetValueOrDefault(word);

    /// <summary>True for a word that can only be a label of a language that is not in the table: letters, none of them lower case.</summary>
    public static bool LooksLikeLabel(string word) => word.Length is >= 2 and <= 24 && word.All(c => char.IsLetter(c) && !char.IsLower(c));

    private static IEnumerable<SeverityLabel> Build()
    {
        foreach (var (severity, english, others) in Severities)
        {
            foreach (var word in english.Split(' '))
                yield return new SeverityLabel(word, severity, SeverityLabelRole.Severity, IsEnglish: true);
            foreach (var word in others.Split(' '))
                yield return new SeverityLabel(word, severity, SeverityLabelRole.Severity, IsEnglish: false);
        }
        foreach (var word in Secondary(Explanations, OtherExplanations, SeverityLabelRole.Explanation).Concat(Secondary(Attachments, OtherAttachments, SeverityLabelRole.Attachment)))
            yield return word;
    }

    private static IEnumerable<SeverityLabel> Secondary(string english, string others, SeverityLabelRole role) =>
        english.Split(' ').Select(w => new SeverityLabel(w, LogSeverity.Unknown, role, IsEnglish: true))
            .Concat(others.Split(' ').Select(w => new SeverityLabel(w, LogSeverity.Unknown, role, IsEnglish: false)));
}
