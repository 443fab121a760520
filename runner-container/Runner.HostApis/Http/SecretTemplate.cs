using System.Text;
using System.Text.RegularExpressions;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Puts secrets where a header's value says <c>{{secret:NAME}}</c>; the guest never holds what is put there.</summary>
internal static partial class SecretTemplate
{
    private const string Start = "{{secret:";

    /// <summary>Whether a value asks for a secret, rightly written or not.</summary>
    public static bool IsIn(string value) => value.Contains(Start, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value with secrets in place.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="find">Gives a secret by its name.</param>
    /// <exception cref="FetchException">A template is malformed, or the value gets too large.</exception>
    public static string Fill(string value, Func<string, string> find)
    {
        var filled = new StringBuilder();
        var at = 0;
        foreach (Match match in Pattern().Matches(value))
        {
            AddLiteral(filled, value[at..match.Index]);
            filled.Append(find(match.Groups[1].Value));
            if (filled.Length > FetchLimits.MaxFilledHeaderBytes) throw TooLarge();
            at = match.Index + match.Length;
        }

        AddLiteral(filled, value[at..]);
        return filled.ToString();
    }

    /// <summary>What ends a fetch whose secrets make its headers too large.</summary>
    public static FetchException TooLarge() => new(
        HttpErrorKind.Invalid, $"With their secrets the headers of this request have more than {FetchLimits.MaxFilledHeaderBytes} bytes together; send fewer secrets in one request.");

    private static void AddLiteral(StringBuilder filled, string literal)
    {
        if (IsIn(literal)) throw new FetchException(HttpErrorKind.Invalid, "A secret in a header's value is written {{secret:NAME}}, with a name that manifest.json declares.");
        filled.Append(literal);
    }

    [GeneratedRegex(@"\{\{secret:([A-Za-z][A-Za-z0-9_.-]{0,63})\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
