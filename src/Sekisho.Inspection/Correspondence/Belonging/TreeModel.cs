using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sekisho.Inspection;

/// <summary>
/// Boosted decision trees, read from a few kilobytes and evaluated. A row goes left where its feature is at most the node's threshold; the leaves' values add up to the logarithm of the odds.
/// </summary>
internal sealed class TreeModel
{
    private const uint Magic = 0x31424B53;

    private const int MaxNodes = 1 << 20;

    private readonly int[] _roots;
    private readonly Node[] _nodes;

    /// <summary>A model of these trees; the children of a node stand side by side behind it.</summary>
    public TreeModel(int features, float start, int[] roots, Node[] nodes) => (Features, Start, _roots, _nodes) = (features, start, roots, nodes);

    /// <summary>Numbers a row has.</summary>
    public int Features { get; }

    /// <summary>What the trees are added to.</summary>
    public float Start { get; }

    /// <summary>Nodes in all.</summary>
    public int Nodes => _nodes.Length;

    /// <summary>A node, or a leaf where <paramref name="Left"/> is 0.</summary>
    /// <param name="Feature">Which number decides.</param>
    /// <param name="Value">Threshold, or the leaf's value.</param>
    /// <param name="Left">Where rows up to the threshold go on, counted from the node; the others go to the one after.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Node(ushort Feature, float Value, ushort Left);

    /// <summary>Logarithm of the odds that a row is a leak.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = (double)Start;
        ReadOnlySpan<Node> nodes = _nodes;
        foreach (var root in _roots)
        {
            var at = root;
            var node = nodes[at];
            while (node.Left != 0)
            {
                at += node.Left + (row[node.Feature] <= node.Value ? 0 : 1);
                node = nodes[at];
            }

            sum += node.Value;
        }

        return sum;
    }

    /// <summary>How often each feature decides.</summary>
    public int[] Uses()
    {
        var uses = new int[Features];
        foreach (var node in _nodes)
        {
            uses[node.Feature] += node.Left != 0 ? 1 : 0;
        }

        return uses;
    }

    /// <summary>As <see cref="Read"/> takes it.</summary>
    public byte[] Write()
    {
        var bytes = new byte[20 + (_roots.Length * 4) + (_nodes.Length * 8)];
        var at = bytes.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(at, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(at[4..], Features);
        BinaryPrimitives.WriteSingleLittleEndian(at[8..], Start);
        BinaryPrimitives.WriteInt32LittleEndian(at[12..], _roots.Length);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], _nodes.Length);
        at = at[20..];
        foreach (var root in _roots)
        {
            BinaryPrimitives.WriteInt32LittleEndian(at, root);
            at = at[4..];
        }

        foreach (var node in _nodes)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, node.Feature);
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], node.Left);
            BinaryPrimitives.WriteSingleLittleEndian(at[4..], node.Value);
            at = at[8..];
        }

        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Throws <see cref="InvalidDataException"/> for anything else, so that evaluating cannot leave the table.</summary>
    public static TreeModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 20 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            throw new InvalidDataException("not a tree model");
        }

        var features = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        var start = BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]);
        var roots = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        var nodes = BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]);
        if (features is < 1 or > ushort.MaxValue || roots is < 0 or > MaxNodes || nodes is < 0 or > MaxNodes || bytes.Length != 20 + (roots * 4L) + (nodes * 8L))
        {
            throw new InvalidDataException("a tree model of impossible size");
        }

        var at = bytes[20..];
        var starts = new int[roots];
        for (var i = 0; i < roots; i++)
        {
            starts[i] = BinaryPrimitives.ReadInt32LittleEndian(at[(i * 4)..]);
            Check(starts[i] >= 0 && starts[i] < nodes);
        }

        at = at[(roots * 4)..];
        var all = new Node[nodes];
        for (var i = 0; i < nodes; i++)
        {
            all[i] = new Node(BinaryPrimitives.ReadUInt16LittleEndian(at[(i * 8)..]), BinaryPrimitives.ReadSingleLittleEndian(at[((i * 8) + 4)..]), BinaryPrimitives.ReadUInt16LittleEndian(at[((i * 8) + 2)..]));
            Check(all[i].Feature < features && (all[i].Left == 0 || i + all[i].Left + 1 < nodes));
        }

        return new TreeModel(features, start, starts, all);

        static void Check(bool holds)
        {
            if (!holds)
            {
                throw new InvalidDataException("a tree model that points outside itself");
            }
        }
    }
}
