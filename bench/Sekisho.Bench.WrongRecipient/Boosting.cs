using Sekisho.Inspection;

namespace Sekisho.Bench.WrongRecipient;

/// <summary>How trees are grown.</summary>
internal sealed record BoostingPlan
{
    public int Trees { get; init; } = 200;

    public int Depth { get; init; } = 5;

    public double Rate { get; init; } = 0.1;

    /// <summary>Weight a leaf needs.</summary>
    public double LeastLeaf { get; init; } = 40;

    public double Lambda { get; init; } = 5;

    /// <summary>Share of the features a tree may use.</summary>
    public double Features { get; init; } = 0.4;

    /// <summary>Share of the mails a tree learns from.</summary>
    public double Mails { get; init; } = 0.6;

    public int Seed { get; init; } = 1;
}

/// <summary>
/// Grows boosted trees on the logarithmic loss over features cut into bins. The same rows and plan give the same model: every sum is made in one order, by one thread per feature.
/// </summary>
internal sealed class Boosting
{
    private const int Bins = 64;
    private readonly BoostingPlan _plan;
    private readonly int _rows;
    private readonly int _features;
    private readonly byte[][] _bins;
    private readonly float[][] _edges;
    private readonly float[] _target;
    private readonly float[] _weight;
    private readonly int[] _mail;
    private readonly double[] _score;
    private readonly float[] _gradient;
    private readonly float[] _hessian;

    private Boosting(IReadOnlyList<float[]> rows, IReadOnlyList<bool> leaks, IReadOnlyList<float> weights, IReadOnlyList<int> mails, BoostingPlan plan)
    {
        _plan = plan;
        _rows = rows.Count;
        _features = rows[0].Length;
        _bins = new byte[_features][];
        _edges = new float[_features][];
        _target = [.. leaks.Select(l => l ? 1f : 0f)];
        _weight = [.. weights];
        _mail = [.. mails];
        _score = new double[_rows];
        _gradient = new float[_rows];
        _hessian = new float[_rows];
        Parallel.For(0, _features, f =>
        {
            var values = new float[_rows];
            for (var i = 0; i < _rows; i++)
                values[i] = rows[i][f];
            _edges[f] = EdgesOf(values);
            _bins[f] = new byte[_rows];
            for (var i = 0; i < _rows; i++)
            {
                var at = Array.BinarySearch(_edges[f], values[i]);
                _bins[f][i] = (byte)(at < 0 ? ~at : at);
            }
        });
    }

    public static TreeModel Train(IReadOnlyList<float[]> rows, IReadOnlyList<bool> leaks, IReadOnlyList<float> weights, IReadOnlyList<int> mails, BoostingPlan plan, Action<string> say)
        => new Boosting(rows, leaks, weights, mails, plan).Grow(say);

    private TreeModel Grow(Action<string> say)
    {
        var total = _weight.Sum(w => (double)w);
        var share = _target.Zip(_weight, (t, w) => (double)t * w).Sum() / total;
        var start = (float)Math.Log(share / (1 - share));
        Array.Fill(_score, start);
        var roots = new int[_plan.Trees];
        var nodes = new List<TreeModel.Node>();
        for (var t = 0; t < _plan.Trees; t++)
        {
            var dice = new Dice("tree", _plan.Seed, t);
            for (var i = 0; i < _rows; i++)
            {
                var p = 1 / (1 + Math.Exp(-_score[i]));
                _gradient[i] = (float)((p - _target[i]) * _weight[i]);
                _hessian[i] = (float)Math.Max(1e-6, p * (1 - p) * _weight[i]);
            }

            var used = new List<int>();
            while (used.Count == 0)
            {
                for (var f = 0; f < _features; f++)
                {
                    if (_edges[f].Length > 0 && dice.Fraction() < _plan.Features)
                        used.Add(f);
                }
            }

            var salt = dice.Next();
            roots[t] = nodes.Count;
            nodes.AddRange(Tree(used, i => (Mix(salt ^ (ulong)_mail[i]) >> 11) * (1.0 / (1UL << 53)) < _plan.Mails));
            if (t % 10 == 0)
                say($"training: tree {t} of {_plan.Trees}");
        }

        return new TreeModel(_features, start, roots, [.. nodes]);
    }

    private TreeModel.Node[] Tree(List<int> used, Func<int, bool> takes)
    {
        var place = new int[_rows];
        for (var i = 0; i < _rows; i++)
            place[i] = takes(i) ? 0 : -1;
        var nodes = new List<(int Feature, int Bin, double Value, int Left)> { (0, 0, 0, 0) };
        var level = new List<int> { 0 };
        var samples = new List<int>[1 << (_plan.Depth + 1)];
        var byNode = new Dictionary<int, List<int>> { [0] = [.. Enumerable.Range(0, _rows).Where(i => place[i] == 0)] };
        for (var depth = 0; depth <= _plan.Depth && level.Count > 0; depth++)
        {
            var next = new List<int>();
            foreach (var node in level)
            {
                var rows = byNode[node];
                byNode.Remove(node);
                var (g, h) = (0.0, 0.0);
                foreach (var i in rows)
                {
                    g += _gradient[i];
                    h += _hessian[i];
                }

                var value = -g / (h + _plan.Lambda) * _plan.Rate;
                var split = depth == _plan.Depth ? null : Best(rows, used, g, h);
                if (split is not { } best)
                {
                    nodes[node] = (0, 0, value, 0);
                    continue;
                }

                nodes[node] = (best.Feature, best.Bin, value, nodes.Count);
                var left = new List<int>();
                var right = new List<int>();
                var bins = _bins[best.Feature];
                foreach (var i in rows)
                    (bins[i] <= best.Bin ? left : right).Add(i);
                byNode[nodes.Count] = left;
                byNode[nodes.Count + 1] = right;
                next.Add(nodes.Count);
                next.Add(nodes.Count + 1);
                nodes.Add(default);
                nodes.Add(default);
            }

            level = next;
        }

        Parallel.For(0, 8, part =>
        {
            for (var i = (int)((long)_rows * part / 8); i < (int)((long)_rows * (part + 1) / 8); i++)
            {
                var at = 0;
                while (nodes[at].Left != 0)
                    at = _bins[nodes[at].Feature][i] <= nodes[at].Bin ? nodes[at].Left : nodes[at].Left + 1;
                _score[i] += (float)nodes[at].Value;
            }
        });
        return [.. nodes.Select((n, i) => n.Left == 0
            ? new TreeModel.Node(0, (float)n.Value, 0)
            : new TreeModel.Node((ushort)n.Feature, _edges[n.Feature][n.Bin], (ushort)(n.Left - i)))];
    }

    private (int Feature, int Bin)? Best(List<int> rows, List<int> used, double g, double h)
    {
        if (h < 2 * _plan.LeastLeaf * 0.01)
            return null;
        var gains = new (double Gain, int Bin)[used.Count];
        var index = rows.ToArray();
        Parallel.For(0, used.Count, k =>
        {
            var bins = _bins[used[k]];
            Span<double> gs = stackalloc double[Bins];
            Span<double> hs = stackalloc double[Bins];
            Span<double> ws = stackalloc double[Bins];
            gs.Clear();
            hs.Clear();
            ws.Clear();
            foreach (var i in index)
            {
                var b = bins[i];
                gs[b] += _gradient[i];
                hs[b] += _hessian[i];
                ws[b] += _weight[i];
            }

            var all = 0.0;
            foreach (var w in ws)
                all += w;
            var (gl, hl, wl) = (0.0, 0.0, 0.0);
            for (var b = 0; b < _edges[used[k]].Length; b++)
            {
                gl += gs[b];
                hl += hs[b];
                wl += ws[b];
                if (wl < _plan.LeastLeaf || all - wl < _plan.LeastLeaf)
                    continue;
                var gain = (gl * gl / (hl + _plan.Lambda)) + ((g - gl) * (g - gl) / (h - hl + _plan.Lambda)) - (g * g / (h + _plan.Lambda));
                if (gain > gains[k].Gain)
                    gains[k] = (gain, b);
            }
        });
        var best = -1;
        for (var k = 0; k < used.Count; k++)
        {
            if (gains[k].Gain > 1e-6 && (best < 0 || gains[k].Gain > gains[best].Gain))
                best = k;
        }

        return best < 0 ? null : (used[best], gains[best].Bin);
    }

    private static float[] EdgesOf(float[] values)
    {
        var sorted = (float[])values.Clone();
        Array.Sort(sorted);
        var edges = new List<float>();
        for (var b = 1; b < Bins; b++)
        {
            var at = (int)((long)sorted.Length * b / Bins);
            var edge = sorted[at];
            if (edge < sorted[^1] && (edges.Count == 0 || edge > edges[^1]))
                edges.Add(edge);
        }

        // A rare value, such as the 1 of a flag, must have an edge of its own.
        var distinct = sorted.Distinct().Take(Bins).ToList();
        return distinct.Count < Bins ? [.. distinct.SkipLast(1)] : [.. edges];
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }
}
