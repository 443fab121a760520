namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Who shares processors among guests that compute for long. Called on a guest's thread, which waits for as long as the call takes; the
/// guest has a turn before it is started and after it ended.
/// </summary>
public interface IProcessorTurns
{
    /// <summary>The guest has used up its turn: it goes on when it has its next one.</summary>
    void Rotate();

    /// <summary>The guest waits for something that is done elsewhere, and computes nothing meanwhile.</summary>
    void Leave();

    /// <summary>The guest goes on after <see cref="Leave"/>.</summary>
    /// <param name="atOnce">Whether it does so without waiting for a turn.</param>
    void Return(bool atOnce);
}
