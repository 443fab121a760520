using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.BlobStorage;

/// <summary>Where bundles are stored.</summary>
public sealed record BundleStoreOptions
{
    private const string ProviderVariable = "BUNDLE_STORE_PROVIDER";
    private const string ConnectionVariable = "BUNDLE_STORE_CONNECTION";

    /// <summary>Which kind of store.</summary>
    public BundleStoreProvider Provider { get; init; } = BundleStoreProvider.Azure;

    /// <summary>
    /// For Azure a connection string of Azure Storage, or the account's blob endpoint (<c>https://account.blob.core.windows.net</c>),
    /// which is used with the managed identity. For S3 the text that <see cref="S3Connection"/> describes.
    /// </summary>
    public required string Connection { get; init; }

    /// <summary>The container that holds everything, in Azure; in S3 the connection names the bucket.</summary>
    public string Container { get; init; } = "extension-bundles";

    /// <summary>Reads <c>BUNDLE_STORE_PROVIDER</c> (default <c>azure</c>) and <c>BUNDLE_STORE_CONNECTION</c> (required).</summary>
    /// <param name="configuration">Environment variables.</param>
    /// <param name="faults">Receives what is wrong; the result is of use only when there is nothing.</param>
    public static BundleStoreOptions Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var provider = configuration[ProviderVariable];
        var connection = configuration[ConnectionVariable] ?? "";
        switch (provider)
        {
            case null or "" or "azure":
                if (AzureBlobs.FindConnectionFault(connection) is { } fault) faults.Add(ConnectionVariable, fault);
                return new BundleStoreOptions { Connection = connection };
            case "s3":
                foreach (var each in S3Connection.FindFaults(connection)) faults.Add(ConnectionVariable, each);
                return new BundleStoreOptions { Provider = BundleStoreProvider.S3, Connection = connection };
            default:
                faults.Add(ProviderVariable, "is neither azure nor s3; write one of them");
                // Which other rules the connection has to keep is not known then.
                faults.Required(ConnectionVariable, connection, "where the bundles are");
                return new BundleStoreOptions { Connection = connection };
        }
    }
}

/// <summary>Kinds of bundle stores.</summary>
public enum BundleStoreProvider
{
    /// <summary>Azure Blob Storage.</summary>
    Azure,

    /// <summary>S3, of AWS or of any server that speaks it.</summary>
    S3,
}
