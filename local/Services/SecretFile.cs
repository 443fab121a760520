using System.Security.Cryptography;

namespace Alga.Extensions.Services;

/// <summary>Secrets that a development service keeps from one start to the next, readable by their owner only.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a secret, made of 32 random bytes at the first call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encode">How the bytes are written; lower-case hex when null.</param>
    public static string ReadOrCreate(string path, Func<byte[], string>? encode = null)
    {
        if (File.Exists(path)) return File.ReadAllText(path);
        var secret = (encode ?? Convert.ToHexStringLower)(RandomNumberGenerator.GetBytes(32));
        Write(path, secret);
        return secret;
    }

    /// <summary>Writes a file that is never readable by others, and is there whole or not at all.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (var writer = new StreamWriter(temporary, options)) writer.Write(text);
        File.Move(temporary, path, overwrite: true);
    }
}
