using System.Collections.Concurrent;

namespace Alga.Extensions.Testing.S3;

/// <summary>An object of the stand-in.</summary>
public sealed record S3Object(byte[] Content, string ContentType, string ETag, IReadOnlyDictionary<string, string> Metadata);

/// <summary>The objects of the stand-in, and the uploads that nobody has finished yet.</summary>
public sealed class S3Bucket
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, S3Object> objects = new(StringComparer.Ordinal);

    /// <summary>Unfinished multipart uploads by their id.</summary>
    internal ConcurrentDictionary<string, S3Upload> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>How many multipart uploads were neither completed nor aborted.</summary>
    public int OpenUploads => Uploads.Count;

    /// <summary>How many requests wrote an object in parts, from the start on.</summary>
    public int CompletedUploads { get; internal set; }

    /// <summary>Answers so many of the next conditional writes with 409 ConditionalRequestConflict, as S3 does when writers meet.</summary>
    public int Conflicts { get; set; }

    /// <summary>As a server does that does not know conditional writes.</summary>
    public bool IgnoresConditions { get; set; }

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (gate) return [.. objects.Keys];
        }
    }

    public S3Object? Find(string key)
    {
        lock (gate) return objects.GetValueOrDefault(key);
    }

    /// <summary>Puts an object there whatever is there; for tests that tamper.</summary>
    public void Replace(string key, S3Object value)
    {
        lock (gate) objects[key] = value;
    }

    internal void Put(string key, S3Object value, bool createOnly)
    {
        lock (gate)
        {
            if (createOnly && !IgnoresConditions)
            {
                if (Conflicts > 0)
                {
                    Conflicts--;
                    throw new S3Exception(409, "ConditionalRequestConflict", "A conflicting conditional operation is in progress; start over.");
                }

                if (objects.ContainsKey(key)) throw new S3Exception(412, "PreconditionFailed", "The object exists.");
            }

            objects[key] = value;
        }
    }

    internal void Remove(string key)
    {
        lock (gate) objects.Remove(key);
    }
}

/// <summary>A multipart upload.</summary>
internal sealed record S3Upload(string Key, string ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    public ConcurrentDictionary<int, (byte[] Content, string ETag)> Parts { get; } = new();
}
