using System.Collections;

namespace Sekisho.Inspection;

/// <summary>Where one of a person's values stands in his text.</summary>
internal readonly record struct ValueSlice(DataKinds Kind, int Start, int Length);

/// <summary>A person's values by where they stand, made comparable when somebody asks: who only counts persons pays for none.</summary>
internal sealed class ProseValues(string text, ValueSlice[] slices) : IReadOnlyList<PersonalValue>
{
    private PersonalValue[]? _made;

    public int Count => slices.Length;

    public PersonalValue this[int index] => Made()[index];

    public IEnumerator<PersonalValue> GetEnumerator() => ((IEnumerable<PersonalValue>)Made()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private PersonalValue[] Made()
    {
        if (_made is { } made)
        {
            return made;
        }

        made = new PersonalValue[slices.Length];
        for (var i = 0; i < made.Length; i++)
        {
            var slice = slices[i];
            made[i] = new PersonalValue(slice.Kind, ValueKinds.Normalise(slice.Kind, text.AsSpan(slice.Start, slice.Length)));
        }

        // Two readers at once make the same twice, no harm done.
        Volatile.Write(ref _made, made);
        return made;
    }
}
