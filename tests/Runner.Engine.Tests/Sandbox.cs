using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>Engines that all tests share, as all requests of a process do, and short ways to call a guest.</summary>
public sealed class Sandbox : IDisposable
{
    public const int MemoryMb = 64;
    public const int Slots = 4;

    private readonly Dictionary<string, GuestComponent> guests = new(StringComparer.Ordinal);

    public EngineSet Engines { get; } = new(new EngineOptions { Slots = Slots }, TimeProvider.System);

    public FakeHost Host { get; } = new();

    public Exception? Fault { get; private set; }

    /// <summary>Instructions of the last guest; 0 unless they are counted.</summary>
    public long Fuel { get; private set; }

    public GuestComponent Load(string name)
    {
        if (guests.TryGetValue(name, out var known)) return known;
        var guest = Load(Guest.Wasm(name));
        guests.Add(name, guest);
        return guest;
    }

    public GuestComponent Load(byte[] wasm, bool metered = false)
    {
        Assert.True(Engines.ForSize(wasm.Length, metered).Compile(wasm).TryGet(out var guest, out var refusal), refusal?.Message);
        return guest;
    }

    /// <summary>On the engine for a class, whatever the size.</summary>
    public GuestComponent LoadAs(GuestClass guestClass, byte[] wasm)
    {
        Assert.True(Engines.For(guestClass).Compile(wasm).TryGet(out var guest, out var refusal), refusal?.Message);
        return guest;
    }

    public Outcome<GuestResponse> Invoke(GuestComponent guest, GuestCall request, int timeoutMs = 20_000, long? fuel = null)
    {
        var result = Invoker.Invoke(
            guest, request, new InvocationLimits(MemoryMb, fuel), InvocationDeadline.Start(TimeSpan.FromMilliseconds(timeoutMs), TimeProvider.System), Host);
        Fault = result.Fault;
        Fuel = result.Fuel;
        return result.Outcome;
    }

    public Refusal Refuse(byte[] wasm, GuestRequest? request = null, int timeoutMs = 20_000)
    {
        using var guest = Load(wasm);
        Assert.False(Invoke(guest, request ?? Request(), timeoutMs).TryGet(out var response, out var refusal), response?.ToString());
        return refusal!;
    }

    public GuestResponse Answer(string name, GuestRequest? request = null)
    {
        Assert.True(Invoke(Load(name), request ?? Request()).TryGet(out var response, out var refusal), refusal?.ToString());
        return response;
    }

    public Refusal Refuse(string name, GuestRequest? request = null, int timeoutMs = 20_000)
    {
        Assert.False(Invoke(Load(name), request ?? Request(), timeoutMs).TryGet(out var response, out var refusal), response?.ToString());
        return refusal!;
    }

    public int Number(string name, GuestRequest? request = null) => BitConverter.ToInt32(Answer(name, request).Body.Binary);

    public static GuestRequest Request(string path = "/", string? body = null) => new()
    {
        Method = "GET",
        Path = path,
        Endpoint = "200",
        Body = body is null ? default : GuestBody.OfText(body),
    };

    public static string Utf8(byte[]? bytes) => Encoding.UTF8.GetString(bytes ?? []);

    public void Dispose()
    {
        foreach (var guest in guests.Values) guest.Dispose();
        Engines.Dispose();
    }
}
