using System.Text.Json;

namespace Alga.Extensions.Contracts.Execution;

/// <summary>Writes an <see cref="ExecuteResponse"/> exactly as <see cref="ExecutionJson"/> would. The runner does it for each request.</summary>
public static class ExecuteResponseWriter
{
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Headers = JsonEncodedText.Encode("headers");
    private static readonly JsonEncodedText Body = JsonEncodedText.Encode("body_b64");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    private static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText Usage = JsonEncodedText.Encode("usage");
    private static readonly JsonEncodedText DurationUs = JsonEncodedText.Encode("duration_us");
    private static readonly JsonEncodedText Fuel = JsonEncodedText.Encode("fuel");
    private static readonly JsonEncodedText MemoryBytes = JsonEncodedText.Encode("memory_bytes");
    private static readonly JsonEncodedText EgressBytes = JsonEncodedText.Encode("egress_bytes");

    /// <summary>Writes the response as one object.</summary>
    public static void Write(Utf8JsonWriter writer, ExecuteResponse response)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Status, response.Status);
        writer.WritePropertyName(Headers);
        MultiMapConverter.Write(writer, response.Headers);
        if (response.Body is { } body) writer.WriteBase64String(Body, body);
        else writer.WriteNull(Body);
        if (response.Error is { } error) Write(writer, error);
        else writer.WriteNull(Error);
        writer.WriteStartObject(Usage);
        writer.WriteNumber(DurationUs, response.Usage.DurationUs);
        writer.WriteNumber(Fuel, response.Usage.Fuel);
        writer.WriteNumber(MemoryBytes, response.Usage.MemoryBytes);
        writer.WriteNumber(EgressBytes, response.Usage.EgressBytes);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ExecuteError error)
    {
        writer.WriteStartObject(Error);
        writer.WriteString(Code, error.Code);
        writer.WriteString(Message, error.Message);
        writer.WriteEndObject();
    }
}
