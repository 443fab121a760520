using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace Alga.Extensions.Registry.Install;

/// <summary>
/// A publisher's regular expression, matched in time that grows with the text alone: the schema library's own matching
/// could be made to run for years with forty characters.
/// </summary>
/// <param name="format">The name under which a schema refers to it.</param>
/// <param name="pattern">The regular expression, without look-around and back-references.</param>
internal sealed class LinearPattern(string format, string pattern) : IFormatValidator
{
    private readonly Regex expression = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public string Format => format;

    public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.PatternMismatch;

    public bool IsValid(string value, JTokenType tokenType) => tokenType != JTokenType.String || expression.IsMatch(value);
}
