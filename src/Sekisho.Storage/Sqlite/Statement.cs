using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Sekisho.Storage.Sqlite;

/// <summary>
/// A prepared statement, bound left to right with <c>Add</c>, then run or stepped. It resets itself when it has no more rows;
/// who stops reading earlier calls <see cref="Reset"/>. One thread at a time.
/// </summary>
internal sealed class Statement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    private nint _native = handle.DangerousGetHandle();
    private int _next;
    private bool _active;

    public Statement Begin()
    {
        Reset();
        _next = 0;
        return this;
    }

    public Statement Add(long value)
    {
        Check(Native.BindInt64(_native, ++_next, value));
        return this;
    }

    public Statement Add(long? value) => value is { } number ? Add(number) : AddNull();

    public Statement Add(double value)
    {
        Check(raw.sqlite3_bind_double(handle, ++_next, value));
        return this;
    }

    public Statement Add(bool value) => Add(value ? 1L : 0L);

    public Statement AddNull()
    {
        Check(raw.sqlite3_bind_null(handle, ++_next));
        return this;
    }

    public Statement Add(string? value)
    {
        if (value is null)
        {
            return AddNull();
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var bytes = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(value, bytes);
        AddText(bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    /// <summary>Binds text that is UTF-8 already.</summary>
    public Statement AddText(ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(handle, ++_next, utf8));
        return this;
    }

    /// <summary>Binds bytes; an empty span is an empty blob, not NULL.</summary>
    public Statement Add(ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, ++_next, 0) : raw.sqlite3_bind_blob(handle, ++_next, bytes));
        return this;
    }

    /// <summary>Moves to the next row; false (and reset) when there is none.</summary>
    public bool Step()
    {
        _active = true;
        var code = Native.Step(_native);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }

        var error = database.ErrorNow(code);
        Reset();
        throw error;
    }

    /// <summary>Runs a statement that returns no rows; returns how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return database.Changes;
    }

    /// <summary>The first column of the first row as a number, or null when there is no row or it is NULL.</summary>
    public long? Scalar()
    {
        if (!Step())
        {
            return null;
        }

        var value = NullableInt64(0);
        Reset();
        return value;
    }

    public void Reset()
    {
        if (_active)
        {
            _active = false;
            _ = Native.Reset(_native);
        }
    }

    public bool IsNull(int column) => Native.ColumnType(_native, column) == raw.SQLITE_NULL;

    public long Int64(int column) => Native.ColumnInt64(_native, column);

    public int Int32(int column) => (int)Native.ColumnInt64(_native, column);

    public double Double(int column) => Native.ColumnDouble(_native, column);

    public bool IsBlob(int column) => Native.ColumnType(_native, column) == raw.SQLITE_BLOB;

    public bool Bool(int column) => Int64(column) != 0;

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public string Text(int column) => Encoding.UTF8.GetString(Native.ColumnBytes(_native, column));

    public string? NullableText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A view of the column's bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => Native.ColumnBytes(_native, column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? NullableTime(int column) => IsNull(column) ? null : Time(column);

    public void Dispose()
    {
        _native = 0;
        handle.Dispose();
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw database.ErrorNow(code);
        }
    }
}
