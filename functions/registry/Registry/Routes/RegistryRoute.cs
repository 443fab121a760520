using System.Text.Json.Serialization.Metadata;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Routes;

/// <summary>One row of <see cref="RegistryRoutes"/>.</summary>
/// <param name="Operation">Unique for ever; the name of the request's span and the <c>operationId</c> in the OpenAPI document.</param>
/// <param name="Method">Upper-case HTTP method.</param>
/// <param name="Template">Below <c>/api/</c>, exactly as in the function's <c>HttpTrigger</c>.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Summary">One sentence for people.</param>
public sealed record RegistryRoute(string Operation, string Method, string Template, RouteAccess Access, string Summary)
{
    /// <summary>The body's type; null for a route without a JSON body.</summary>
    public JsonTypeInfo? Body { get; private init; }

    /// <summary>The parts of a <c>multipart/form-data</c> body, in the order in which they must come.</summary>
    public IReadOnlyList<RoutePart> Parts { get; private init; } = [];

    /// <summary>The query parameters.</summary>
    public IReadOnlyList<RouteQuery> Query { get; private init; } = [];

    /// <summary>Every answer that is no problem.</summary>
    public IReadOnlyList<RouteAnswer> Answers { get; private init; } = [];

    /// <summary>Codes of this route, beside those that follow from its shape; see <see cref="Problems"/>.</summary>
    public IReadOnlyList<ErrorCode> OwnProblems { get; private init; } = [];

    /// <summary>Whether the route takes <c>If-Match</c>.</summary>
    public bool TakesIfMatch { get; private init; }

    /// <summary>What is said of somebody else's thing.</summary>
    public ForeignThing Foreign { get; private init; } =
        (Access & (RouteAccess.Anonymous | RouteAccess.SignedIn)) == 0 && Template.Contains('{', StringComparison.Ordinal)
            ? ForeignThing.IsNotFound
            : ForeignThing.CannotBeNamed;

    /// <summary>Names of the template's parameters, in order.</summary>
    public IReadOnlyList<string> Parameters { get; } =
        [.. Template.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}', '*'))];

    /// <summary>Every code that the route can answer with.</summary>
    public IEnumerable<ErrorCode> Problems => Shape().Concat(OwnProblems).Distinct();

    /// <summary>Takes a JSON body.</summary>
    public RegistryRoute Takes(JsonTypeInfo body) => this with { Body = body };

    /// <summary>Takes <c>multipart/form-data</c>.</summary>
    public RegistryRoute TakesParts(params IReadOnlyList<RoutePart> parts) => this with { Parts = parts };

    /// <summary>Takes query parameters.</summary>
    public RegistryRoute Asks(params IReadOnlyList<RouteQuery> query) => this with { Query = [.. Query, .. query] };

    /// <summary>Gives a list in pages.</summary>
    public RegistryRoute Paged() => Asks(
        new RouteQuery("cursor", "nextCursor of the page before; the first page when absent."),
        new RouteQuery("limit", "Items on a page, 1 to 200; 50 when absent."));

    /// <summary>Takes <c>If-Match</c> with an entity tag that a read gave.</summary>
    public RegistryRoute IfMatch() => this with { TakesIfMatch = true, OwnProblems = [.. OwnProblems, ErrorCode.PreconditionFailed] };

    /// <summary>Answers with a JSON body.</summary>
    public RegistryRoute Gives(int status, JsonTypeInfo body) => this with { Answers = [.. Answers, new RouteAnswer(status, body, "application/json")] };

    /// <summary>Answers without a body.</summary>
    public RegistryRoute Gives(int status) => this with { Answers = [.. Answers, new RouteAnswer(status, null, null)] };

    /// <summary>Answers with a body that has no type here.</summary>
    public RegistryRoute Gives(int status, string mediaType) => this with { Answers = [.. Answers, new RouteAnswer(status, null, mediaType)] };

    /// <summary>Refuses with codes of its own.</summary>
    public RegistryRoute Refuses(params IReadOnlyList<ErrorCode> problems) => this with { OwnProblems = [.. OwnProblems, .. problems] };

    /// <summary>Says something else of foreign things than the template suggests.</summary>
    public RegistryRoute Elsewhere(ForeignThing foreign) => this with { Foreign = foreign };

    private IEnumerable<ErrorCode> Shape()
    {
        yield return ErrorCode.Internal;
        if (Access.HasFlag(RouteAccess.Anonymous)) yield break;
        yield return ErrorCode.Unauthenticated;
        yield return ErrorCode.Overloaded;
        if (!Access.HasFlag(RouteAccess.SignedIn)) yield return ErrorCode.Forbidden;
        if (Parameters.Count > 0) yield return ErrorCode.NotFound;
        if (Query.Count > 0 || Body is not null || Parts.Count > 0 || TakesIfMatch) yield return ErrorCode.InvalidRequest;
        if (Body is null && Parts.Count == 0) yield break;
        yield return ErrorCode.BodyTooLarge;
        yield return ErrorCode.BodyTooSlow;
    }
}

/// <summary>An answer that is no problem.</summary>
/// <param name="Status">HTTP status, 200 to 399, or 503 of a health check.</param>
/// <param name="Body">The JSON body's type; null when it has none or is no JSON of ours.</param>
/// <param name="MediaType">Null for an answer without a body.</param>
public sealed record RouteAnswer(int Status, JsonTypeInfo? Body, string? MediaType);

/// <summary>A query parameter; none is required.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, with its range and default.</param>
public sealed record RouteQuery(string Name, string Description);

/// <summary>A part of a <c>multipart/form-data</c> body; each is required.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="MediaType">What it holds.</param>
/// <param name="Description">What it is, with its limit.</param>
public sealed record RoutePart(string Name, string MediaType, string Description);
