using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.BlobStorage;

/// <summary>Where bundles are stored.</summary>
public sealed record BundleStoreOptions
{
    /// <summary>
    /// <c>BUNDLE_STORE_CONNECTION</c>: a connection string of Azure Storage, or the account's blob endpoint
    /// (<c>https://account.blob.core.windows.net</c>), which is used with the managed identity.
    /// </summary>
    public required string Connection { get; init; }

    /// <summary>The container that holds everything.</summary>
    public string Container { get; init; } = "extension-bundles";

    /// <summary>Reads <c>BUNDLE_STORE_PROVIDER</c> (default <c>azure</c>) and <c>BUNDLE_STORE_CONNECTION</c> (required).</summary>
    /// <param name="configuration">Environment variables.</param>
    /// <param name="faults">Receives what is wrong; the result is of use only when there is nothing.</param>
    public static BundleStoreOptions Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var provider = configuration["BUNDLE_STORE_PROVIDER"];
        if (!string.IsNullOrEmpty(provider) && provider != "azure")
        {
            faults.Add("BUNDLE_STORE_PROVIDER", "is not supported by this version; write azure");
        }

        var connection = configuration["BUNDLE_STORE_CONNECTION"] ?? "";
        if (AzureBundleStore.FindConnectionFault(connection) is { } fault) faults.Add("BUNDLE_STORE_CONNECTION", fault);
        return new BundleStoreOptions { Connection = connection };
    }
}
