using Alga.Extensions.Contracts;
using Wasmtime;

namespace Alga.Extensions.Runner.Engine;

/// <summary>How an engine of each class is set up. A change here changes <see cref="Describe"/>, and with it which compiled code may be loaded.</summary>
internal static class EngineConfiguration
{
    /// <summary>Bytes of native stack that guest code may use; execution threads need several times that.</summary>
    public const int MaxGuestStackBytes = 1024 * 1024;

    /// <summary>Core instances, memories and tables of one component. Composed components need more than one of each.</summary>
    public const int MaxCoreInstancesPerComponent = 64;
    public const int MaxMemoriesPerComponent = 4;
    public const int MaxTablesPerComponent = 16;

    /// <summary>Elements of one table: 256 KiB of the pool's address space times <see cref="MaxTablesPerComponent"/>.</summary>
    public const int MaxTableElements = 20_000;

    // Counts everything below that changes generated code or what it is allowed to be; raise it with each such change.
    private const int Revision = 5;

    /// <summary>
    /// Bytes of each linear memory that stay mapped and are cleared by hand between two requests: all of it for a script engine with every web
    /// API, since what is given back costs the next request a page fault for each page, and takes longer than all else of a call.
    /// </summary>
    public static int KeepResidentBytes(GuestClass guestClass) => guestClass == GuestClass.Compact ? 128 * 1024 : 4 * 1024 * 1024;

    /// <summary>The same for tables.</summary>
    public static int TableKeepResidentBytes(GuestClass guestClass) => guestClass == GuestClass.Compact ? 16 * 1024 : 256 * 1024;

    /// <summary>
    /// Identifies the Wasmtime version and what generated code depends on. The class of guest is not part of it: whether a component is
    /// large its size says, and the other classes differ in how a pool's memory is kept, not in the code.
    /// </summary>
    public static string Describe(bool metered) =>
        $"wasmtime={typeof(Config).Assembly.GetName().Version};revision={Revision};stack={MaxGuestStackBytes};epoch=1;fuel={(metered ? 1 : 0)};cow={EngineOptions.LargeBytes}";

    public static Config Create(GuestClass guestClass, bool metered, EngineOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(options.Slots is >= 1 and <= EngineOptions.MaxSlots, true, nameof(options));
        return new Config()
            .WithComponentModel(true)
            .WithoutConcurrencySupport()
            .WithEpochInterruption(true)
            .WithFuelConsumption(metered)
            .WithCompilerStrategy(CompilerStrategy.Cranelift)
            .WithOptimizationLevel(OptimizationLevel.Speed)
            // Compiling runs beside guests that serve requests: one thread of it at a time.
            .WithParallelCompilation(false)
            .WithMaximumStackSize(MaxGuestStackBytes)
            .WithMemoryInitCopyOnWrite(IsMemoryMapped(guestClass))
            .WithWasmThreads(false)
            .WithMemory64(false)
            // Stack switching has no switch in the binding; it is off by default.
            .WithGc(false)
            .WithExceptions(false)
            .WithPoolingAllocationStrategy(CreatePool(guestClass, (uint)options.Slots));
    }

    /// <summary>
    /// Whether a fresh memory is a mapping of the component's image, copied page by page as it is written to. Good for one component after
    /// itself; for another one the slot is mapped anew, which costs a page fault for each page: 0.8 ms for a script engine, where copying
    /// the whole image takes less than 0.1 ms, whichever component was there before.
    /// </summary>
    private static bool IsMemoryMapped(GuestClass guestClass) => guestClass == GuestClass.Large;

    /// <summary>
    /// A pool in which each slot has as much as the largest component may take: with less, a tenant with such components would leave
    /// others none although its own threads are bounded. What nobody uses is address space and no memory.
    /// </summary>
    private static PoolingAllocationConfig CreatePool(GuestClass guestClass, uint slots) =>
        new PoolingAllocationConfig()
            // The guest, and what gives it timers.
            .WithTotalComponentInstances(slots * 2)
            .WithMaxCoreInstances(slots * (MaxCoreInstancesPerComponent + TimerShim.CoreInstances))
            .WithMaxMemories(slots * MaxMemoriesPerComponent)
            .WithMaxTables(slots * MaxTablesPerComponent)
            .WithMaxCoreInstancesPerComponent(MaxCoreInstancesPerComponent)
            .WithMaxMemoriesPerComponent(MaxMemoriesPerComponent)
            .WithMaxTablesPerComponent(MaxTablesPerComponent)
            .WithMaxTablesPerModule(MaxTablesPerComponent)
            .WithMaxTableElements(MaxTableElements)
            .WithMaxMemorySize(PlatformLimits.MaxMemoryMb * 1024 * 1024)
            // A slot that may be used by any component is best the one that was used last, whose memory is still in the processor's cache.
            .WithMaxUnusedWarmSlots(IsMemoryMapped(guestClass) ? slots : 0)
            .WithLinearMemoryKeepResidentBytes((nuint)KeepResidentBytes(guestClass))
            .WithTableKeepResidentBytes((nuint)TableKeepResidentBytes(guestClass));
}
