namespace Alga.Extensions.Bundles.Types;

/// <summary>Canonical definitions: what turns core functions into functions of the component and the other way round.</summary>
internal static class CanonReader
{
    /// <summary>Reads one. Those for asynchronous calls, streams and threads are not read: no sandbox here has them.</summary>
    public static void Read(ref SectionReader reader, Scope scope)
    {
        switch (reader.Byte())
        {
            case 0x00:
                if (reader.Byte() != 0) reader.Fail();
                reader.Number();
                ReadOptions(ref reader);
                scope.Add(scope.FindDescribed(ref reader, EntityKind.Function));
                break;
            case 0x01:
                if (reader.Byte() != 0) reader.Fail();
                scope.Find(ref reader, EntityKind.Function, reader.Number());
                ReadOptions(ref reader);
                break;
            // A resource is made, dropped, looked up: core functions.
            case 0x02 or 0x03 or 0x04:
                reader.Number();
                break;
            default:
                reader.Fail();
                break;
        }
    }

    private static void ReadOptions(ref SectionReader reader)
    {
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            switch (reader.Byte())
            {
                case 0x00 or 0x01 or 0x02:
                    break;
                case 0x03 or 0x04 or 0x05:
                    reader.Number();
                    break;
                default:
                    reader.Fail();
                    break;
            }
        }
    }
}
