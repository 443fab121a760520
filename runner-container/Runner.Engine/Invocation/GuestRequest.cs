using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>What a guest is asked. Names and values may repeat; order is kept.</summary>
public sealed record GuestRequest : GuestCall
{
    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Endpoint { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Params { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public GuestBody Body { get; init; }

    internal override nint? Find(GuestComponent guest) => guest.HandleRequest;

    internal override NativeValue Write(ref ValueBuffer buffer) => RequestWriter.Write(this, ref buffer);

    internal override Outcome<GuestResponse> Read(NativeValue answer) => ResponseReader.Read(answer);
}
