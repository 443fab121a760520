namespace Alga.Extensions.Manifest;

internal enum RouteSegmentKind
{
    Literal,
    Parameter,
    Rest,
}

/// <summary>One part of a template; <paramref name="Text"/> is the literal or the parameter's name.</summary>
internal readonly record struct RouteSegment(RouteSegmentKind Kind, string Text)
{
    public static RouteSegment Of(string part) => part[0] switch
    {
        ':' => new(RouteSegmentKind.Parameter, part[1..]),
        '*' => new(RouteSegmentKind.Rest, part[1..]),
        _ => new(RouteSegmentKind.Literal, part),
    };
}
