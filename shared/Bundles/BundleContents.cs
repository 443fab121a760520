using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>What was learnt from reading or writing a whole bundle.</summary>
/// <param name="Hash">SHA-256 of the stored bytes.</param>
/// <param name="SizeBytes">Number of stored bytes.</param>
/// <param name="Index">The files, in archive order.</param>
public sealed record BundleContents(ContentHash Hash, long SizeBytes, BundleIndex Index);
