namespace Sekisho.Storage.Sqlite;

/// <summary>One caller's part of a shared transaction. It may be run more than once (when another part of the transaction failed), so running it must leave no trace but in the database and its own result.</summary>
internal abstract class WriteOperation
{
    /// <summary>Set when the operation itself failed; it is left out of the transaction then.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The caller has given up before it was begun.</summary>
    public abstract bool IsCancelled { get; }

    public abstract void Run(WriteTransaction transaction);

    /// <summary>Tells the caller: its result, or what went wrong. Runs no code of his on this thread.</summary>
    public abstract void Complete();
}

/// <inheritdoc/>
internal sealed class WriteOperation<T>(Func<WriteTransaction, T> body, CancellationToken cancel) : WriteOperation
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _source.Task;

    public override bool IsCancelled => cancel.IsCancellationRequested;

    public override void Run(WriteTransaction transaction) => _result = body(transaction);

    public override void Complete()
    {
        switch (Failure)
        {
            case null:
                _source.TrySetResult(_result!);
                break;
            case OperationCanceledException:
                _source.TrySetCanceled(cancel);
                break;
            case var failure:
                _source.TrySetException(failure);
                break;
        }
    }
}
