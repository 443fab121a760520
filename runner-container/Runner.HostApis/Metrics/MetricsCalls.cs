using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Interface <c>metrics</c>: capability <c>metrics.emit</c>. The call gives no result, so what is dropped is told in the
/// extension's log, once for each invocation.
/// </summary>
internal sealed class MetricsCalls(InvocationContext context, GuestMeter meter, KnownSecrets known, ILogCalls log) : IMetricsCalls
{
    /// <summary>Values of one invocation.</summary>
    public const int MaxValues = 500;

    private int values;
    private bool told;

    public void Emit(string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        if (context.FindDenial(Capability.MetricsEmit) is { } denial)
        {
            Tell(denial);
        }
        else if (++values > MaxValues)
        {
            Tell($"an invocation records at most {MaxValues} values");
        }
        else if (MetricRules.FindFault(name, kind, value, tags) is { } fault)
        {
            Tell(fault);
        }
        else if (tags.Any(tag => known.Redact(tag.Value) != tag.Value))
        {
            Tell($"a tag of metric {name} holds a secret");
        }
        else if (!meter.TryRecord(context.ExtensionId, name, kind, value, tags))
        {
            Tell($"metric {name} would be a series too many; an extension has at most {GuestMeter.MaxSeriesPerExtension}, so use fewer tag values");
        }
    }

    private void Tell(string reason)
    {
        if (told) return;
        told = true;
        log.Write(GuestLogLevel.Warn, $"A metric was dropped, and maybe others after it: {reason}", []);
    }
}
