using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>Opens results.</summary>
internal static class Results
{
    public static T Value<T>(this HostResult<T, StorageErrorKind> result)
    {
        Assert.True(result.TryGet(out var value, out var error), error?.ToString());
        return value!;
    }

    public static HostError<StorageErrorKind> Error<T>(this HostResult<T, StorageErrorKind> result, StorageErrorKind kind)
    {
        Assert.False(result.TryGet(out var value, out var error), value?.ToString());
        Assert.Equal(kind, error!.Kind);
        return error;
    }
}
