using System.Globalization;
using Alga.Extensions.Scaler.Protocol;
using Grpc.Core;

namespace Alga.Extensions.Scaler;

/// <summary>What the trigger's metadata say.</summary>
/// <param name="TargetInFlight">Executions in flight that a replica is good for, 1 to 10,000.</param>
/// <param name="SilenceIsIdle">Whether no report means no load, as where gateways and runners may both be at zero; otherwise it means that nobody knows.</param>
internal sealed record ScalingPolicy(int TargetInFlight, bool SilenceIsIdle)
{
    private const string TargetName = "targetInFlight";
    private const string SilenceName = "silence";

    /// <summary>Reads the metadata.</summary>
    /// <exception cref="RpcException">InvalidArgument, with what to write.</exception>
    public static ScalingPolicy Read(ScaledObjectRef? scaledObject)
    {
        var metadata = scaledObject?.ScalerMetadata ?? throw Wrong("The request names no ScaledObject.");
        if (!metadata.TryGetValue(TargetName, out var target)
            || !int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > 10_000) throw Wrong($"{TargetName} is a whole number from 1 to 10000 in the trigger's metadata.");
        return new ScalingPolicy(number, metadata.TryGetValue(SilenceName, out var silence) ? IsIdle(silence) : false);
    }

    private static bool IsIdle(string silence) => silence switch
    {
        "idle" => true,
        "unknown" => false,
        _ => throw Wrong($"{SilenceName} is idle or unknown."),
    };

    private static RpcException Wrong(string what) => new(new Status(StatusCode.InvalidArgument, what));
}
