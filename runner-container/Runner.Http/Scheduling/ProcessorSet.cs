using System.Numerics;

namespace Alga.Extensions.Runner.Http;

/// <summary>Some of a machine's processors, in the form of Linux (<c>cpu_set_t</c>): a bit each, up to 1,024.</summary>
internal sealed class ProcessorSet
{
    public const int Words = 16;
    public const int Bytes = Words * sizeof(ulong);

    public static readonly ProcessorSet None = new(new ulong[Words]);

    private readonly ulong[] bits;

    /// <param name="bits"><see cref="Words"/> words; they are the set's from now on.</param>
    public ProcessorSet(ulong[] bits) => this.bits = bits;

    public ReadOnlySpan<ulong> Bits => bits;

    public int Count => bits.Sum(BitOperations.PopCount);

    /// <summary>Every run of so many processors of the set that follow each other, the last one followed by the first: as many as there are processors.</summary>
    public ProcessorSet[] Runs(int length)
    {
        var numbers = Enumerable.Range(0, Words * 64).Where(number => (bits[number / 64] & (1UL << (number % 64))) != 0).ToArray();
        return [.. numbers.Select((_, first) => Of(Enumerable.Range(first, length).Select(place => numbers[place % numbers.Length])))];
    }

    private static ProcessorSet Of(IEnumerable<int> numbers)
    {
        var words = new ulong[Words];
        foreach (var number in numbers) words[number / 64] |= 1UL << (number % 64);
        return new ProcessorSet(words);
    }
}
