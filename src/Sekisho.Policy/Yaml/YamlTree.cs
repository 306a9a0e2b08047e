using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sekisho.Policy.Yaml;

/// <summary>
/// Reads YAML into a small tree with places. Bounded: 1 MiB of text, 50 levels, 200,000 nodes with aliases counted as often as they
/// are used (a "billion laughs" file names a few nodes and means a billion).
/// </summary>
internal static class YamlTree
{
    public const int MaxLength = 1024 * 1024;
    private const int MaxDepth = 50;
    private const int MaxNodes = 200_000;

    /// <summary>The document's root, null when it is empty or cannot be read (then there are errors).</summary>
    public static Node? Read(string text, ErrorList errors)
    {
        if (text.Length > MaxLength)
        {
            errors.Add(new Place(1, 1), $"the file is too large ({text.Length.ToString("N0", CultureInfo.InvariantCulture)} characters); expected at most {MaxLength.ToString("N0", CultureInfo.InvariantCulture)}");
            return null;
        }

        if (text.StartsWith('\uFEFF'))
        {
            text = text[1..];
        }

        // The YAML scanner takes a NUL for the end of the file, and editors do not count U+0085 and U+2028 as line ends where YAML does:
        // neither the reader nor a person could trust what he sees, so they are refused before.
        if (!CheckCharacters(text, errors))
        {
            return null;
        }

        var builder = new Builder(text, errors);
        try
        {
            return builder.Document();
        }
        catch (YamlException e)
        {
            var (place, message) = Explain(text, PlaceOf(e.Start), e);
            errors.Add(place, message);
            return null;
        }
        catch (StopReadingException)
        {
            return null;
        }
        catch (Exception)
        {
            // The scanner meets some malformed files with exceptions of its own (InvalidOperationException in a plain scalar, found by fuzzing).
            errors.Add(builder.Reached, "not readable as YAML from here on");
            return null;
        }
    }

    private static bool CheckCharacters(string text, ErrorList errors)
    {
        var before = errors.Count;
        int line = 1, column = 1;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var wrong = c switch
            {
                '\n' or '\t' => null,
                '\r' => i + 1 < text.Length && text[i + 1] == '\n' ? null : "a carriage return without a line feed",
                < ' ' or '\x7f' => $"a control character (U+{(int)c:X4})",
                >= '\x80' and <= '\x9f' => $"a control character (U+{(int)c:X4})",
                '\u2028' or '\u2029' => $"an invisible line separator (U+{(int)c:X4})",
                (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => $"an invisible mark that changes the direction of text (U+{(int)c:X4})",
                '\uFFFE' or '\uFFFF' or '\uFEFF' => $"U+{(int)c:X4}, which is no character",
                _ when char.IsHighSurrogate(c) && !(i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) => "half a character",
                _ when char.IsLowSurrogate(c) && !(i > 0 && char.IsHighSurrogate(text[i - 1])) => "half a character",
                _ => null,
            };
            if (wrong is not null)
            {
                errors.Add(new Place(line, column), $"the file holds {wrong}; expected plain UTF-8 text");
            }

            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return errors.Count == before;
    }

    private static (Place, string) Explain(string text, Place place, YamlException e)
    {
        var lines = text.Split('\n');
        foreach (var number in new[] { place.Line, place.Line - 1, place.Line + 1 })
        {
            if (number >= 1 && number <= lines.Length && lines[number - 1].AsSpan(0, lines[number - 1].Length - lines[number - 1].AsSpan().TrimStart(" \t").Length).Contains('\t'))
            {
                return (new(number, 1), "the line is indented with a tab; expected blanks");
            }
        }

        var message = e.Message;
        var colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = (colon < 0 ? message : message[(colon + 3)..]).TrimEnd('.');
        return (place, $"not readable as YAML: {(message.Length == 0 ? "syntax error" : char.ToLowerInvariant(message[0]) + message[1..])}");
    }

    private static int OffsetOf(Mark mark) => (int)Math.Min(mark.Index, int.MaxValue);

    private static Place PlaceOf(Mark mark) => new((int)Math.Min(mark.Line, int.MaxValue), (int)Math.Min(mark.Column, int.MaxValue));

    private sealed class StopReadingException : Exception;

    private sealed class Builder(string text, ErrorList errors)
    {
        private readonly Parser _parser = new(new StringReader(text));
        private readonly Dictionary<AnchorName, Node> _anchors = [];
        private long _nodes;

        /// <summary>How far reading came.</summary>
        public Place Reached => _parser.Current is { } current ? PlaceOf(current.End) : new(1, 1);

        public Node? Document()
        {
            _parser.Consume<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _))
            {
                return null;
            }

            _parser.Consume<DocumentStart>();
            var root = Read(0);
            _parser.Consume<DocumentEnd>();
            if (_parser.Accept<DocumentStart>(out var second))
            {
                throw Stop(second.Start, "a second document begins here; expected one");
            }

            return root;
        }

        private Node Read(int depth)
        {
            if (_parser.Current is { } current && depth > MaxDepth)
            {
                throw Stop(current.Start, $"nested too deep; expected at most {MaxDepth} levels");
            }

            Count(1, _parser.Current?.Start ?? Mark.Empty);
            if (_parser.TryConsume<AnchorAlias>(out var alias))
            {
                // A node is registered when it is complete, so an alias inside its own anchor is unknown here: no cycles.
                if (!_anchors.TryGetValue(alias.Value, out var target))
                {
                    throw Stop(alias.Start, $"alias '*{alias.Value}' names nothing above it");
                }

                Count(target.Size, alias.Start);
                return target;
            }

            Node node;
            AnchorName anchor;
            if (_parser.TryConsume<Scalar>(out var scalar))
            {
                RefuseTag(scalar, scalar.Start);
                (node, anchor) = (new ScalarNode(PlaceOf(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain), scalar.Anchor);
                (node.Start, node.End) = (OffsetOf(scalar.Start), OffsetOf(scalar.End));
            }
            else if (_parser.TryConsume<SequenceStart>(out var sequence))
            {
                RefuseTag(sequence, sequence.Start);
                var items = new List<Node>();
                SequenceEnd end;
                while (!_parser.TryConsume(out end!))
                {
                    items.Add(Read(depth + 1));
                }

                (node, anchor) = (new ListNode(PlaceOf(sequence.Start), items), sequence.Anchor);
                (node.Start, node.End) = (OffsetOf(sequence.Start), sequence.Style == SequenceStyle.Flow || items.Count == 0 ? AfterBracket(end.Start) : items[^1].End);
            }
            else
            {
                var mapping = _parser.Consume<MappingStart>();
                RefuseTag(mapping, mapping.Start);
                var map = new MapNode(PlaceOf(mapping.Start), Entries(depth, out var end));
                (node, anchor) = (map, mapping.Anchor);
                (node.Start, node.End) = (OffsetOf(mapping.Start), mapping.Style == MappingStyle.Flow || map.Entries.Count == 0 ? AfterBracket(end) : Math.Max(map.Entries[^1].Key.End, map.Entries[^1].Value.End));
            }

            if (!anchor.IsEmpty)
            {
                _anchors[anchor] = node;
            }

            return node;
        }

        private List<KeyValuePair<ScalarNode, Node>> Entries(int depth, out Mark end)
        {
            var entries = new List<KeyValuePair<ScalarNode, Node>>();
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            MappingEnd last;
            while (!_parser.TryConsume(out last!))
            {
                var key = Read(depth + 1);
                var value = Read(depth + 1);
                if (key is not ScalarNode name)
                {
                    errors.Add(key, $"{key.Kind} stands where a key was expected");
                }
                else if (name.Value == "<<")
                {
                    errors.Add(name, "merge keys ('<<') are not supported; write the keys out");
                }
                else if (!seen.TryAdd(name.Value, name.Place.Line))
                {
                    errors.Add(name, $"'{ScalarNode.Shorten(name.Value)}' stands twice; the first is in line {seen[name.Value]}");
                }
                else
                {
                    entries.Add(new(name, value));
                }
            }

            end = last.Start;
            return entries;
        }

        // The reader's own end mark of a flow collection stands before its bracket.
        private int AfterBracket(Mark mark) => OffsetOf(mark) is var at && at < text.Length && text[at] is ']' or '}' ? at + 1 : at;

        private void RefuseTag(NodeEvent node, Mark mark)
        {
            if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
            {
                errors.Add(PlaceOf(mark), $"type tags ('{node.Tag}') are not supported; leave it out");
            }
        }

        private void Count(long nodes, Mark mark)
        {
            if ((_nodes += nodes) > MaxNodes)
            {
                throw Stop(mark, $"the file means more than {MaxNodes} values, aliases written out; expected fewer");
            }
        }

        private StopReadingException Stop(Mark mark, string message)
        {
            errors.Add(PlaceOf(mark), message);
            return new();
        }
    }
}
