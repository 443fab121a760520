using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Alga.Extensions.BlobStorage;

/// <summary>Makes the client of the AWS SDK with this platform's budgets.</summary>
internal static class S3Clients
{
    /// <summary>Connects lazily: not even credentials are looked for before the first request.</summary>
    public static AmazonS3Client Create(S3Connection connection)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = connection.PathStyle,
            // One request and three repetitions, each with a minute for its answer: at most 16 MiB are sent in one.
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 3,
            Timeout = TimeSpan.FromSeconds(60),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // The SHA-256 of each body is signed instead (UseChunkEncoding = false where there is a body): every S3 server has
            // to check that, while checksums in trailers are newer than many of them.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (connection.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = connection.Region;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(connection.Region);
        }

        return connection switch
        {
            { AccessKeyId: null } => new AmazonS3Client(config),
            { SessionToken: { } token } => new AmazonS3Client(new SessionAWSCredentials(connection.AccessKeyId, connection.SecretAccessKey, token), config),
            _ => new AmazonS3Client(new BasicAWSCredentials(connection.AccessKeyId, connection.SecretAccessKey), config),
        };
    }
}
