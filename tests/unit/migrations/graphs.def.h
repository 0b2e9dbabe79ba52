/* graphs.def.h: written by record_graphs.py: GRAPH(migrations, applied, where to, steps) */
GRAPH("auth.0001_e; auth.0002_c (auth.0001_e); shop.0001_a; blog.0001_a (shop.0001_a); auth.0003_e (auth.0002_c, shop.0001_a); auth.0004_f (auth.0003_e); blog.0002_d (blog.0001_a); auth.0005_f (auth.0004_f, shop.__first__); blog.0003_d (blog.0002_d); auth.0004_f_squashed_0005_f (auth.0003_e, shop.__first__) =auth.0004_f, auth.0005_f",
      "", "all",
      "shop.0001_a, auth.0001_e, auth.0002_c, auth.0003_e, auth.0004_f_squashed_0005_f, blog.0001_a, blog.0002_d, blog.0003_d")
GRAPH("auth.0001_e; auth.0002_c (auth.0001_e); shop.0001_a; blog.0001_a (shop.0001_a); auth.0003_e (auth.0002_c, shop.0001_a); auth.0004_f (auth.0003_e); blog.0002_d (blog.0001_a); auth.0005_f (auth.0004_f, shop.__first__); blog.0003_d (blog.0002_d); auth.0004_f_squashed_0005_f (auth.0003_e, shop.__first__) =auth.0004_f, auth.0005_f",
      "auth.0001_e", "blog.zero",
      "")
GRAPH("auth.0001_e; auth.0002_c (auth.0001_e); shop.0001_a; blog.0001_a (shop.0001_a); auth.0003_e (auth.0002_c, shop.0001_a); auth.0004_f (auth.0003_e); blog.0002_d (blog.0001_a); auth.0005_f (auth.0004_f, shop.__first__); blog.0003_d (blog.0002_d); auth.0004_f_squashed_0005_f (auth.0003_e, shop.__first__) =auth.0004_f, auth.0005_f",
      "auth.0001_e, auth.0002_c, shop.0001_a, blog.0001_a, auth.0003_e, auth.0004_f, blog.0002_d, auth.0005_f, blog.0003_d", "blog.zero",
      "-blog.0003_d, -blog.0002_d, -blog.0001_a")
GRAPH("blog.0001_d; auth.0001_b (blog.__first__); shop.0001_c; blog.0002_a (blog.0001_d); auth.0002_e (auth.0001_b); shop.0002_b (shop.0001_c, auth.0001_b, blog.0001_d)",
      "", "all",
      "blog.0001_d, auth.0001_b, auth.0002_e, blog.0002_a, shop.0001_c, shop.0002_b")
GRAPH("blog.0001_d; auth.0001_b (blog.__first__); shop.0001_c; blog.0002_a (blog.0001_d); auth.0002_e (auth.0001_b); shop.0002_b (shop.0001_c, auth.0001_b, blog.0001_d)",
      "blog.0001_d, auth.0001_b, auth.0002_e", "blog.0002_a",
      "blog.0002_a")
GRAPH("blog.0001_d; auth.0001_b (blog.__first__); shop.0001_c; blog.0002_a (blog.0001_d); auth.0002_e (auth.0001_b); shop.0002_b (shop.0001_c, auth.0001_b, blog.0001_d)",
      "blog.0001_d, auth.0001_b", "auth.0001_b",
      "")
GRAPH("blog.0001_b; blog.0002_b (blog.0001_b); auth.0001_e; auth.0002_c (auth.0001_e, blog.0001_b); blog.0003_b (blog.0002_b); shop.0001_e; shop.0002_a (shop.0001_e); shop.0003_c (shop.0002_a)",
      "", "all",
      "blog.0001_b, auth.0001_e, auth.0002_c, blog.0002_b, blog.0003_b, shop.0001_e, shop.0002_a, shop.0003_c")
GRAPH("blog.0001_b; blog.0002_b (blog.0001_b); auth.0001_e; auth.0002_c (auth.0001_e, blog.0001_b); blog.0003_b (blog.0002_b); shop.0001_e; shop.0002_a (shop.0001_e); shop.0003_c (shop.0002_a)",
      "", "blog.zero",
      "")
GRAPH("blog.0001_b; blog.0002_b (blog.0001_b); auth.0001_e; auth.0002_c (auth.0001_e, blog.0001_b); blog.0003_b (blog.0002_b); shop.0001_e; shop.0002_a (shop.0001_e); shop.0003_c (shop.0002_a)",
      "blog.0001_b, auth.0001_e, auth.0002_c, blog.0002_b, blog.0003_b", "all",
      "shop.0001_e, shop.0002_a, shop.0003_c")
GRAPH("shop.0001_c; auth.0001_e; shop.0002_e (shop.0001_c); shop.0003_c (shop.0002_e); auth.0002_c (auth.0001_e); auth.0003_e (auth.0001_e); blog.0001_f (shop.0003_c); auth.0004_e (auth.0003_e, shop.0002_e) <shop.0002_e; blog.0002_b (blog.0001_f)",
      "", "all",
      "CircularDependencyError")
GRAPH("auth.0001_a; shop.0001_e",
      "", "all",
      "auth.0001_a, shop.0001_e")
GRAPH("auth.0001_a; shop.0001_e",
      "auth.0001_a", "auth.0001_a",
      "")
GRAPH("auth.0001_a; shop.0001_e",
      "", "shop.zero",
      "")
GRAPH("shop.0001_d; blog.0001_d (shop.0001_d); blog.0002_e (blog.0001_d); shop.0002_e (shop.0001_d, blog.__first__); auth.0001_c (blog.__first__)",
      "", "all",
      "shop.0001_d, blog.0001_d, auth.0001_c, blog.0002_e, shop.0002_e")
GRAPH("shop.0001_d; blog.0001_d (shop.0001_d); blog.0002_e (blog.0001_d); shop.0002_e (shop.0001_d, blog.__first__); auth.0001_c (blog.__first__)",
      "shop.0001_d, blog.0001_d, auth.0001_c, blog.0002_e, shop.0002_e", "auth.0001_c",
      "")
GRAPH("shop.0001_d; blog.0001_d (shop.0001_d); blog.0002_e (blog.0001_d); shop.0002_e (shop.0001_d, blog.__first__); auth.0001_c (blog.__first__)",
      "shop.0001_d, blog.0001_d, auth.0001_c, blog.0002_e", "blog.0002_e",
      "")
GRAPH("blog.0001_c; auth.0001_b; auth.0002_c (auth.0001_b); auth.0003_b (auth.0002_c, blog.__first__); auth.0004_e (auth.0003_b); auth.0005_e (auth.0004_e, blog.0001_c); auth.0006_b (auth.0005_e, blog.0001_c); auth.0007_c (auth.0006_b, blog.0001_c); shop.0001_b (blog.0001_c) <auth.0002_c; auth.0001_b_squashed_0002_c =auth.0001_b, auth.0002_c",
      "", "all",
      "blog.0001_c, shop.0001_b, auth.0001_b_squashed_0002_c, auth.0003_b, auth.0004_e, auth.0005_e, auth.0006_b, auth.0007_c")
GRAPH("blog.0001_c; auth.0001_b; auth.0002_c (auth.0001_b); auth.0003_b (auth.0002_c, blog.__first__); auth.0004_e (auth.0003_b); auth.0005_e (auth.0004_e, blog.0001_c); auth.0006_b (auth.0005_e, blog.0001_c); auth.0007_c (auth.0006_b, blog.0001_c); shop.0001_b (blog.0001_c) <auth.0002_c; auth.0001_b_squashed_0002_c =auth.0001_b, auth.0002_c",
      "blog.0001_c, auth.0001_b, auth.0002_c", "blog.zero",
      "-auth.0001_b_squashed_0002_c, -blog.0001_c")
GRAPH("blog.0001_c; auth.0001_b; auth.0002_c (auth.0001_b); auth.0003_b (auth.0002_c, blog.__first__); auth.0004_e (auth.0003_b); auth.0005_e (auth.0004_e, blog.0001_c); auth.0006_b (auth.0005_e, blog.0001_c); auth.0007_c (auth.0006_b, blog.0001_c); shop.0001_b (blog.0001_c) <auth.0002_c; auth.0001_b_squashed_0002_c =auth.0001_b, auth.0002_c",
      "blog.0001_c, auth.0001_b", "auth.zero",
      "-auth.0001_b")
GRAPH("shop.0001_b; shop.0002_a (shop.0001_b); blog.0001_d; auth.0001_c (shop.__first__); shop.0003_d (shop.0002_a, auth.0001_c); blog.0002_f (blog.0001_d)",
      "", "all",
      "shop.0001_b, auth.0001_c, blog.0001_d, blog.0002_f, shop.0002_a, shop.0003_d")
GRAPH("shop.0001_b; shop.0002_a (shop.0001_b); blog.0001_d; auth.0001_c (shop.__first__); shop.0003_d (shop.0002_a, auth.0001_c); blog.0002_f (blog.0001_d)",
      "shop.0001_b, auth.0001_c, blog.0001_d, blog.0002_f, shop.0002_a, shop.0003_d", "all",
      "")
GRAPH("shop.0001_b; shop.0002_a (shop.0001_b); blog.0001_d; auth.0001_c (shop.__first__); shop.0003_d (shop.0002_a, auth.0001_c); blog.0002_f (blog.0001_d)",
      "", "blog.zero",
      "")
GRAPH("blog.0001_c; auth.0001_e (blog.0001_c); shop.0001_d; blog.0002_f (blog.0001_c, auth.__first__); blog.0003_c (blog.0002_f, auth.0001_e); blog.0001_c_squashed_0002_f (auth.__first__) =blog.0001_c, blog.0002_f",
      "", "all",
      "CircularDependencyError")
GRAPH("shop.0001_b; blog.0001_d; blog.0002_d (blog.0001_d, shop.0001_b)",
      "", "all",
      "shop.0001_b, blog.0001_d, blog.0002_d")
GRAPH("shop.0001_b; blog.0001_d; blog.0002_d (blog.0001_d, shop.0001_b)",
      "", "shop.zero",
      "")
GRAPH("shop.0001_b; blog.0001_d; blog.0002_d (blog.0001_d, shop.0001_b)",
      "shop.0001_b, blog.0001_d", "blog.0001_d",
      "")
GRAPH("auth.0001_d; auth.0002_e (auth.0001_d)",
      "", "all",
      "auth.0001_d, auth.0002_e")
GRAPH("auth.0001_d; auth.0002_e (auth.0001_d)",
      "", "auth.zero",
      "")
GRAPH("auth.0001_d; auth.0002_e (auth.0001_d)",
      "", "auth.0001_d",
      "auth.0001_d")
GRAPH("auth.0001_d; blog.0001_e; blog.0002_c (blog.0001_e, auth.0001_d); auth.0002_f (auth.0001_d); auth.0003_c (auth.0002_f); auth.0004_a (auth.0003_c); auth.0005_a (auth.0004_a); auth.0006_a (auth.0004_a, blog.0002_c)",
      "", "all",
      "auth.0001_d, auth.0002_f, auth.0003_c, auth.0004_a, auth.0005_a, blog.0001_e, blog.0002_c, auth.0006_a")
GRAPH("auth.0001_d; blog.0001_e; blog.0002_c (blog.0001_e, auth.0001_d); auth.0002_f (auth.0001_d); auth.0003_c (auth.0002_f); auth.0004_a (auth.0003_c); auth.0005_a (auth.0004_a); auth.0006_a (auth.0004_a, blog.0002_c)",
      "", "auth.zero",
      "")
GRAPH("auth.0001_d; blog.0001_e; blog.0002_c (blog.0001_e, auth.0001_d); auth.0002_f (auth.0001_d); auth.0003_c (auth.0002_f); auth.0004_a (auth.0003_c); auth.0005_a (auth.0004_a); auth.0006_a (auth.0004_a, blog.0002_c)",
      "auth.0001_d, auth.0002_f, auth.0003_c, auth.0004_a, auth.0005_a, blog.0001_e, blog.0002_c, auth.0006_a", "auth.zero",
      "-auth.0006_a, -blog.0002_c, -auth.0005_a, -auth.0004_a, -auth.0003_c, -auth.0002_f, -auth.0001_d")
GRAPH("blog.0001_d; auth.0001_d; auth.0002_b (auth.0001_d); auth.0003_f (auth.0001_d, blog.0001_d); shop.0001_a; shop.0002_d (shop.0001_a); shop.0003_e (shop.0002_d, auth.0003_f); blog.0002_a (blog.0001_d, auth.0003_f); auth.0002_b_squashed_0003_f (auth.0001_d, blog.0001_d) =auth.0002_b, auth.0003_f",
      "", "all",
      "blog.0001_d, auth.0001_d, auth.0002_b_squashed_0003_f, blog.0002_a, shop.0001_a, shop.0002_d, shop.0003_e")
GRAPH("blog.0001_d; auth.0001_d; auth.0002_b (auth.0001_d); auth.0003_f (auth.0001_d, blog.0001_d); shop.0001_a; shop.0002_d (shop.0001_a); shop.0003_e (shop.0002_d, auth.0003_f); blog.0002_a (blog.0001_d, auth.0003_f); auth.0002_b_squashed_0003_f (auth.0001_d, blog.0001_d) =auth.0002_b, auth.0003_f",
      "blog.0001_d, auth.0001_d, auth.0002_b, auth.0003_f, shop.0001_a", "auth.zero",
      "-auth.0002_b_squashed_0003_f, -auth.0001_d")
GRAPH("blog.0001_d; auth.0001_d; auth.0002_b (auth.0001_d); auth.0003_f (auth.0001_d, blog.0001_d); shop.0001_a; shop.0002_d (shop.0001_a); shop.0003_e (shop.0002_d, auth.0003_f); blog.0002_a (blog.0001_d, auth.0003_f); auth.0002_b_squashed_0003_f (auth.0001_d, blog.0001_d) =auth.0002_b, auth.0003_f",
      "blog.0001_d, auth.0001_d, auth.0002_b", "shop.0003_e",
      "shop.0001_a, shop.0002_d, auth.0003_f, shop.0003_e")
GRAPH("shop.0001_e; blog.0001_a; auth.0001_c (blog.0001_a); auth.0002_c (auth.0001_c, shop.__first__); shop.0002_d (shop.0001_e); auth.0003_d (auth.0002_c, blog.0001_a); shop.0003_b (shop.0002_d, blog.0001_a); auth.0004_a (auth.0003_d, shop.__first__); shop.0004_f (shop.0003_b, auth.__first__); shop.0001_e_squashed_0004_f (auth.__first__, blog.0001_a) =shop.0001_e, shop.0002_d, shop.0003_b, shop.0004_f",
      "", "all",
      "blog.0001_a, auth.0001_c, shop.0001_e_squashed_0004_f, auth.0002_c, auth.0003_d, auth.0004_a")
GRAPH("shop.0001_e; blog.0001_a; auth.0001_c (blog.0001_a); auth.0002_c (auth.0001_c, shop.__first__); shop.0002_d (shop.0001_e); auth.0003_d (auth.0002_c, blog.0001_a); shop.0003_b (shop.0002_d, blog.0001_a); auth.0004_a (auth.0003_d, shop.__first__); shop.0004_f (shop.0003_b, auth.__first__); shop.0001_e_squashed_0004_f (auth.__first__, blog.0001_a) =shop.0001_e, shop.0002_d, shop.0003_b, shop.0004_f",
      "shop.0001_e, blog.0001_a, auth.0001_c", "auth.0002_c",
      "auth.0002_c")
GRAPH("shop.0001_e; blog.0001_a; auth.0001_c (blog.0001_a); auth.0002_c (auth.0001_c, shop.__first__); shop.0002_d (shop.0001_e); auth.0003_d (auth.0002_c, blog.0001_a); shop.0003_b (shop.0002_d, blog.0001_a); auth.0004_a (auth.0003_d, shop.__first__); shop.0004_f (shop.0003_b, auth.__first__); shop.0001_e_squashed_0004_f (auth.__first__, blog.0001_a) =shop.0001_e, shop.0002_d, shop.0003_b, shop.0004_f",
      "shop.0001_e, blog.0001_a, auth.0001_c, auth.0002_c, shop.0002_d, auth.0003_d, shop.0003_b", "all",
      "auth.0004_a, shop.0004_f")
GRAPH("blog.0001_a; auth.0001_d",
      "", "all",
      "auth.0001_d, blog.0001_a")
GRAPH("blog.0001_a; auth.0001_d",
      "", "auth.0001_d",
      "auth.0001_d")
GRAPH("blog.0001_a; auth.0001_d",
      "auth.0001_d, blog.0001_a", "blog.zero",
      "-blog.0001_a")
GRAPH("auth.0001_e; auth.0002_e (auth.0001_e); auth.0003_a (auth.0002_e); blog.0001_a; blog.0002_b (blog.0001_a); shop.0001_d (blog.0001_a)",
      "", "all",
      "auth.0001_e, auth.0002_e, auth.0003_a, blog.0001_a, blog.0002_b, shop.0001_d")
GRAPH("auth.0001_e; auth.0002_e (auth.0001_e); auth.0003_a (auth.0002_e); blog.0001_a; blog.0002_b (blog.0001_a); shop.0001_d (blog.0001_a)",
      "auth.0001_e, auth.0002_e", "blog.0001_a",
      "blog.0001_a")
GRAPH("auth.0001_e; auth.0002_e (auth.0001_e); auth.0003_a (auth.0002_e); blog.0001_a; blog.0002_b (blog.0001_a); shop.0001_d (blog.0001_a)",
      "auth.0001_e, auth.0002_e, auth.0003_a, blog.0001_a, blog.0002_b", "shop.0001_d",
      "shop.0001_d")
GRAPH("auth.0001_b; blog.0001_d; auth.0002_a (auth.0001_b, blog.0001_d); auth.0003_d (auth.0002_a); auth.0001_b_squashed_0002_a (blog.0001_d) =auth.0001_b, auth.0002_a",
      "", "all",
      "blog.0001_d, auth.0001_b_squashed_0002_a, auth.0003_d")
GRAPH("auth.0001_b; blog.0001_d; auth.0002_a (auth.0001_b, blog.0001_d); auth.0003_d (auth.0002_a); auth.0001_b_squashed_0002_a (blog.0001_d) =auth.0001_b, auth.0002_a",
      "auth.0001_b, blog.0001_d, auth.0002_a, auth.0003_d", "all",
      "")
GRAPH("auth.0001_b; blog.0001_d; auth.0002_a (auth.0001_b, blog.0001_d); auth.0003_d (auth.0002_a); auth.0001_b_squashed_0002_a (blog.0001_d) =auth.0001_b, auth.0002_a",
      "auth.0001_b, blog.0001_d", "auth.zero",
      "-auth.0001_b")
GRAPH("shop.0001_e; blog.0001_c; blog.0002_a (blog.0001_c, shop.0001_e); shop.0002_a (shop.0001_e) <blog.0001_c; shop.0003_d (shop.0002_a)",
      "", "all",
      "shop.0001_e, shop.0002_a, blog.0001_c, blog.0002_a, shop.0003_d")
GRAPH("shop.0001_e; blog.0001_c; blog.0002_a (blog.0001_c, shop.0001_e); shop.0002_a (shop.0001_e) <blog.0001_c; shop.0003_d (shop.0002_a)",
      "shop.0001_e, shop.0002_a", "blog.0001_c",
      "blog.0001_c")
GRAPH("auth.0001_e; blog.0001_a (auth.0001_e); shop.0001_f; shop.0002_e (shop.0001_f); shop.0003_d (shop.0001_f)",
      "", "all",
      "auth.0001_e, blog.0001_a, shop.0001_f, shop.0002_e, shop.0003_d")
GRAPH("auth.0001_e; blog.0001_a (auth.0001_e); shop.0001_f; shop.0002_e (shop.0001_f); shop.0003_d (shop.0001_f)",
      "auth.0001_e, blog.0001_a", "shop.0003_d",
      "shop.0001_f, shop.0003_d")
GRAPH("auth.0001_e; blog.0001_a (auth.0001_e); shop.0001_f; shop.0002_e (shop.0001_f); shop.0003_d (shop.0001_f)",
      "", "auth.0001_e",
      "auth.0001_e")
GRAPH("blog.0001_c; blog.0002_a (blog.0001_c); auth.0001_d; shop.0001_c (blog.0001_c); shop.0002_b (shop.0001_c)",
      "", "all",
      "auth.0001_d, blog.0001_c, blog.0002_a, shop.0001_c, shop.0002_b")
GRAPH("blog.0001_c; blog.0002_a (blog.0001_c); auth.0001_d; shop.0001_c (blog.0001_c); shop.0002_b (shop.0001_c)",
      "auth.0001_d, blog.0001_c, blog.0002_a", "shop.0001_c",
      "shop.0001_c")
GRAPH("blog.0001_c; blog.0002_a (blog.0001_c); auth.0001_d; shop.0001_c (blog.0001_c); shop.0002_b (shop.0001_c)",
      "", "shop.0001_c",
      "blog.0001_c, shop.0001_c")
GRAPH("blog.0001_c; auth.0001_a; auth.0002_f (auth.0001_a, blog.0001_c); shop.0001_a; blog.0002_e (blog.0001_c, auth.__first__); shop.0002_c (shop.0001_a)",
      "", "all",
      "blog.0001_c, auth.0001_a, auth.0002_f, blog.0002_e, shop.0001_a, shop.0002_c")
GRAPH("blog.0001_c; auth.0001_a; auth.0002_f (auth.0001_a, blog.0001_c); shop.0001_a; blog.0002_e (blog.0001_c, auth.__first__); shop.0002_c (shop.0001_a)",
      "blog.0001_c, auth.0001_a, auth.0002_f", "auth.0002_f",
      "")
GRAPH("blog.0001_c; auth.0001_a; auth.0002_f (auth.0001_a, blog.0001_c); shop.0001_a; blog.0002_e (blog.0001_c, auth.__first__); shop.0002_c (shop.0001_a)",
      "blog.0001_c, auth.0001_a, auth.0002_f, blog.0002_e, shop.0001_a", "all",
      "shop.0002_c")
GRAPH("blog.0001_b; auth.0001_c; auth.0002_d (auth.0001_c); auth.0003_e (auth.0002_d, blog.0001_b); shop.0001_a; blog.0002_e (blog.0001_b, shop.0001_a)",
      "", "all",
      "blog.0001_b, auth.0001_c, auth.0002_d, auth.0003_e, shop.0001_a, blog.0002_e")
GRAPH("blog.0001_b; auth.0001_c; auth.0002_d (auth.0001_c); auth.0003_e (auth.0002_d, blog.0001_b); shop.0001_a; blog.0002_e (blog.0001_b, shop.0001_a)",
      "blog.0001_b", "shop.zero",
      "")
GRAPH("auth.0001_b; auth.0002_a (auth.0001_b); blog.0001_a; blog.0002_d (blog.0001_a, auth.0001_b); shop.0001_f; shop.0002_b (shop.0001_f); auth.0003_c (auth.0002_a, blog.__first__); shop.0003_a (shop.0002_b, auth.0003_c, blog.0002_d); shop.0001_f_squashed_0003_a (auth.0003_c, blog.0002_d) =shop.0001_f, shop.0002_b, shop.0003_a",
      "", "all",
      "blog.0001_a, auth.0001_b, auth.0002_a, auth.0003_c, blog.0002_d, shop.0001_f_squashed_0003_a")
GRAPH("auth.0001_b; auth.0002_a (auth.0001_b); blog.0001_a; blog.0002_d (blog.0001_a, auth.0001_b); shop.0001_f; shop.0002_b (shop.0001_f); auth.0003_c (auth.0002_a, blog.__first__); shop.0003_a (shop.0002_b, auth.0003_c, blog.0002_d); shop.0001_f_squashed_0003_a (auth.0003_c, blog.0002_d) =shop.0001_f, shop.0002_b, shop.0003_a",
      "auth.0001_b, auth.0002_a, blog.0001_a, blog.0002_d", "shop.zero",
      "")
GRAPH("auth.0001_b; auth.0002_a (auth.0001_b); blog.0001_a; blog.0002_d (blog.0001_a, auth.0001_b); shop.0001_f; shop.0002_b (shop.0001_f); auth.0003_c (auth.0002_a, blog.__first__); shop.0003_a (shop.0002_b, auth.0003_c, blog.0002_d); shop.0001_f_squashed_0003_a (auth.0003_c, blog.0002_d) =shop.0001_f, shop.0002_b, shop.0003_a",
      "auth.0001_b", "auth.0002_a",
      "auth.0002_a")
GRAPH("auth.0001_f; shop.0001_a; shop.0002_b (shop.0001_a, auth.0001_f); blog.0001_d",
      "", "all",
      "auth.0001_f, blog.0001_d, shop.0001_a, shop.0002_b")
GRAPH("auth.0001_f; shop.0001_a; shop.0002_b (shop.0001_a, auth.0001_f); blog.0001_d",
      "auth.0001_f, blog.0001_d, shop.0001_a", "shop.zero",
      "-shop.0001_a")
GRAPH("auth.0001_f; shop.0001_a; shop.0002_b (shop.0001_a, auth.0001_f); blog.0001_d",
      "auth.0001_f, blog.0001_d", "auth.zero",
      "-auth.0001_f")
GRAPH("shop.0001_a; blog.0001_f; blog.0002_a (blog.0001_f); auth.0001_e; blog.0003_b (blog.0002_a, shop.0001_a); blog.0004_d (blog.0001_f, shop.0001_a)",
      "", "all",
      "auth.0001_e, shop.0001_a, blog.0001_f, blog.0002_a, blog.0003_b, blog.0004_d")
GRAPH("shop.0001_a; blog.0001_f; blog.0002_a (blog.0001_f); auth.0001_e; blog.0003_b (blog.0002_a, shop.0001_a); blog.0004_d (blog.0001_f, shop.0001_a)",
      "auth.0001_e, shop.0001_a", "blog.zero",
      "")
GRAPH("shop.0001_a; blog.0001_f; blog.0002_a (blog.0001_f); auth.0001_e; blog.0003_b (blog.0002_a, shop.0001_a); blog.0004_d (blog.0001_f, shop.0001_a)",
      "", "blog.zero",
      "")
GRAPH("shop.0001_b; blog.0001_e; shop.0002_c (shop.0001_b, blog.0001_e); auth.0001_b (shop.0002_c); auth.0002_c (auth.0001_b); auth.0003_f (auth.0002_c, blog.0001_e); shop.0003_e (shop.0002_c, blog.0001_e); auth.0004_f (auth.0003_f, shop.0001_b); auth.0005_c (auth.0004_f)",
      "", "all",
      "shop.0001_b, blog.0001_e, shop.0002_c, auth.0001_b, auth.0002_c, auth.0003_f, auth.0004_f, auth.0005_c, shop.0003_e")
GRAPH("shop.0001_b; blog.0001_e; shop.0002_c (shop.0001_b, blog.0001_e); auth.0001_b (shop.0002_c); auth.0002_c (auth.0001_b); auth.0003_f (auth.0002_c, blog.0001_e); shop.0003_e (shop.0002_c, blog.0001_e); auth.0004_f (auth.0003_f, shop.0001_b); auth.0005_c (auth.0004_f)",
      "shop.0001_b, blog.0001_e, shop.0002_c, auth.0001_b, auth.0002_c, auth.0003_f, auth.0004_f, auth.0005_c", "all",
      "shop.0003_e")
GRAPH("shop.0001_b; blog.0001_e; shop.0002_c (shop.0001_b, blog.0001_e); auth.0001_b (shop.0002_c); auth.0002_c (auth.0001_b); auth.0003_f (auth.0002_c, blog.0001_e); shop.0003_e (shop.0002_c, blog.0001_e); auth.0004_f (auth.0003_f, shop.0001_b); auth.0005_c (auth.0004_f)",
      "shop.0001_b, blog.0001_e", "auth.0001_b",
      "shop.0002_c, auth.0001_b")
GRAPH("auth.0001_e; shop.0001_a (auth.0001_e)",
      "", "all",
      "auth.0001_e, shop.0001_a")
GRAPH("auth.0001_e; shop.0001_a (auth.0001_e)",
      "auth.0001_e, shop.0001_a", "auth.0001_e",
      "")
GRAPH("auth.0001_e; shop.0001_a (auth.0001_e)",
      "auth.0001_e", "all",
      "shop.0001_a")
GRAPH("blog.0001_b; auth.0001_f (blog.0001_b); blog.0002_e (blog.0001_b); shop.0001_d; shop.0002_f (shop.0001_d); auth.0002_b (auth.0001_f, blog.0002_e)",
      "", "all",
      "blog.0001_b, blog.0002_e, auth.0001_f, auth.0002_b, shop.0001_d, shop.0002_f")
GRAPH("blog.0001_b; auth.0001_f (blog.0001_b); blog.0002_e (blog.0001_b); shop.0001_d; shop.0002_f (shop.0001_d); auth.0002_b (auth.0001_f, blog.0002_e)",
      "", "auth.0002_b",
      "blog.0001_b, blog.0002_e, auth.0001_f, auth.0002_b")
GRAPH("blog.0001_b; auth.0001_f (blog.0001_b); blog.0002_e (blog.0001_b); shop.0001_d; shop.0002_f (shop.0001_d); auth.0002_b (auth.0001_f, blog.0002_e)",
      "blog.0001_b, blog.0002_e, auth.0001_f, auth.0002_b, shop.0001_d", "blog.0002_e",
      "")
GRAPH("shop.0001_a; shop.0002_d (shop.0001_a); blog.0001_f (shop.0001_a); auth.0001_b; shop.0003_a (shop.0002_d, auth.__first__, blog.0001_f)",
      "", "all",
      "auth.0001_b, shop.0001_a, blog.0001_f, shop.0002_d, shop.0003_a")
GRAPH("shop.0001_a; shop.0002_d (shop.0001_a); blog.0001_f (shop.0001_a); auth.0001_b; shop.0003_a (shop.0002_d, auth.__first__, blog.0001_f)",
      "auth.0001_b, shop.0001_a, blog.0001_f, shop.0002_d, shop.0003_a", "shop.zero",
      "-shop.0003_a, -shop.0002_d, -blog.0001_f, -shop.0001_a")
GRAPH("shop.0001_c; shop.0002_c (shop.0001_c); auth.0001_f (shop.0001_c); blog.0001_f (auth.0001_f)",
      "", "all",
      "shop.0001_c, auth.0001_f, blog.0001_f, shop.0002_c")
GRAPH("shop.0001_c; shop.0002_c (shop.0001_c); auth.0001_f (shop.0001_c); blog.0001_f (auth.0001_f)",
      "shop.0001_c", "shop.zero",
      "-shop.0001_c")
GRAPH("shop.0001_c; shop.0002_c (shop.0001_c); auth.0001_f (shop.0001_c); blog.0001_f (auth.0001_f)",
      "shop.0001_c, auth.0001_f, blog.0001_f, shop.0002_c", "all",
      "")
GRAPH("auth.0001_d; blog.0001_d; blog.0002_f (blog.0001_d)",
      "", "all",
      "auth.0001_d, blog.0001_d, blog.0002_f")
GRAPH("auth.0001_d; blog.0001_d; blog.0002_f (blog.0001_d)",
      "auth.0001_d", "auth.0001_d",
      "")
GRAPH("auth.0001_d; blog.0001_d; blog.0002_f (blog.0001_d)",
      "auth.0001_d, blog.0001_d, blog.0002_f", "blog.0002_f",
      "")
GRAPH("shop.0001_a; auth.0001_e (shop.0001_a); shop.0002_b (shop.0001_a, auth.0001_e); blog.0001_e (shop.0002_b); blog.0002_d (blog.0001_e); auth.0002_b (auth.0001_e, shop.__first__); auth.0003_e (auth.0002_b); blog.0003_b (blog.0002_d); auth.0001_e_squashed_0003_e (shop.0001_a, shop.__first__) =auth.0001_e, auth.0002_b, auth.0003_e",
      "", "all",
      "shop.0001_a, auth.0001_e_squashed_0003_e, shop.0002_b, blog.0001_e, blog.0002_d, blog.0003_b")
GRAPH("shop.0001_a; auth.0001_e (shop.0001_a); shop.0002_b (shop.0001_a, auth.0001_e); blog.0001_e (shop.0002_b); blog.0002_d (blog.0001_e); auth.0002_b (auth.0001_e, shop.__first__); auth.0003_e (auth.0002_b); blog.0003_b (blog.0002_d); auth.0001_e_squashed_0003_e (shop.0001_a, shop.__first__) =auth.0001_e, auth.0002_b, auth.0003_e",
      "shop.0001_a, auth.0001_e, shop.0002_b, blog.0001_e, blog.0002_d, auth.0002_b, auth.0003_e", "blog.0003_b",
      "blog.0003_b")
GRAPH("shop.0001_a; auth.0001_e (shop.0001_a); shop.0002_b (shop.0001_a, auth.0001_e); blog.0001_e (shop.0002_b); blog.0002_d (blog.0001_e); auth.0002_b (auth.0001_e, shop.__first__); auth.0003_e (auth.0002_b); blog.0003_b (blog.0002_d); auth.0001_e_squashed_0003_e (shop.0001_a, shop.__first__) =auth.0001_e, auth.0002_b, auth.0003_e",
      "shop.0001_a, auth.0001_e", "all",
      "auth.0002_b, auth.0003_e, shop.0002_b, blog.0001_e, blog.0002_d, blog.0003_b")
GRAPH("blog.0001_a; auth.0001_a (blog.0001_a); shop.0001_e (blog.0001_a); blog.0002_f (blog.0001_a); shop.0002_a (shop.0001_e); auth.0002_a (auth.0001_a, blog.0001_a); blog.0003_f (blog.0002_f); auth.0003_a (auth.0002_a); auth.0001_a_squashed_0002_a (blog.0001_a) =auth.0001_a, auth.0002_a",
      "", "all",
      "blog.0001_a, auth.0001_a_squashed_0002_a, auth.0003_a, blog.0002_f, blog.0003_f, shop.0001_e, shop.0002_a")
GRAPH("blog.0001_a; auth.0001_a (blog.0001_a); shop.0001_e (blog.0001_a); blog.0002_f (blog.0001_a); shop.0002_a (shop.0001_e); auth.0002_a (auth.0001_a, blog.0001_a); blog.0003_f (blog.0002_f); auth.0003_a (auth.0002_a); auth.0001_a_squashed_0002_a (blog.0001_a) =auth.0001_a, auth.0002_a",
      "", "auth.zero",
      "")
GRAPH("blog.0001_a; auth.0001_a (blog.0001_a); shop.0001_e (blog.0001_a); blog.0002_f (blog.0001_a); shop.0002_a (shop.0001_e); auth.0002_a (auth.0001_a, blog.0001_a); blog.0003_f (blog.0002_f); auth.0003_a (auth.0002_a); auth.0001_a_squashed_0002_a (blog.0001_a) =auth.0001_a, auth.0002_a",
      "blog.0001_a", "blog.zero",
      "-blog.0001_a")
GRAPH("auth.0001_d; shop.0001_a; blog.0001_c; blog.0002_f (blog.0001_c)",
      "", "all",
      "auth.0001_d, blog.0001_c, blog.0002_f, shop.0001_a")
GRAPH("auth.0001_d; shop.0001_a; blog.0001_c; blog.0002_f (blog.0001_c)",
      "auth.0001_d", "shop.zero",
      "")
GRAPH("shop.0001_d; blog.0001_d; shop.0002_f (shop.0001_d); auth.0001_b (blog.0001_d); blog.0002_d (blog.0001_d, shop.__first__)",
      "", "all",
      "blog.0001_d, auth.0001_b, shop.0001_d, blog.0002_d, shop.0002_f")
GRAPH("shop.0001_d; blog.0001_d; shop.0002_f (shop.0001_d); auth.0001_b (blog.0001_d); blog.0002_d (blog.0001_d, shop.__first__)",
      "blog.0001_d, auth.0001_b, shop.0001_d", "all",
      "blog.0002_d, shop.0002_f")
GRAPH("shop.0001_d; blog.0001_d; shop.0002_f (shop.0001_d); auth.0001_b (blog.0001_d); blog.0002_d (blog.0001_d, shop.__first__)",
      "blog.0001_d, auth.0001_b, shop.0001_d, blog.0002_d", "blog.zero",
      "-blog.0002_d, -auth.0001_b, -blog.0001_d")
GRAPH("auth.0001_a; shop.0001_f; shop.0002_c (shop.0001_f); blog.0001_d (auth.0001_a)",
      "", "all",
      "auth.0001_a, blog.0001_d, shop.0001_f, shop.0002_c")
GRAPH("auth.0001_a; shop.0001_f; shop.0002_c (shop.0001_f); blog.0001_d (auth.0001_a)",
      "auth.0001_a, blog.0001_d, shop.0001_f", "all",
      "shop.0002_c")
GRAPH("auth.0001_a; shop.0001_f; shop.0002_c (shop.0001_f); blog.0001_d (auth.0001_a)",
      "auth.0001_a, blog.0001_d, shop.0001_f, shop.0002_c", "blog.zero",
      "-blog.0001_d")
GRAPH("blog.0001_a; auth.0001_e; auth.0002_f (auth.0001_e, blog.__first__); shop.0001_b (blog.0001_a); blog.0002_b (blog.0001_a); auth.0003_e (auth.0002_f, blog.0001_a); auth.0001_e_squashed_0002_f (blog.__first__) =auth.0001_e, auth.0002_f",
      "", "all",
      "blog.0001_a, auth.0001_e_squashed_0002_f, auth.0003_e, blog.0002_b, shop.0001_b")
GRAPH("blog.0001_a; auth.0001_e; auth.0002_f (auth.0001_e, blog.__first__); shop.0001_b (blog.0001_a); blog.0002_b (blog.0001_a); auth.0003_e (auth.0002_f, blog.0001_a); auth.0001_e_squashed_0002_f (blog.__first__) =auth.0001_e, auth.0002_f",
      "blog.0001_a, auth.0001_e, auth.0002_f, shop.0001_b", "all",
      "auth.0003_e, blog.0002_b")
GRAPH("blog.0001_a; auth.0001_e; auth.0002_f (auth.0001_e, blog.__first__); shop.0001_b (blog.0001_a); blog.0002_b (blog.0001_a); auth.0003_e (auth.0002_f, blog.0001_a); auth.0001_e_squashed_0002_f (blog.__first__) =auth.0001_e, auth.0002_f",
      "blog.0001_a, auth.0001_e, auth.0002_f, shop.0001_b", "auth.zero",
      "-auth.0001_e_squashed_0002_f")
GRAPH("auth.0001_a; blog.0001_e; auth.0002_e (auth.0001_a); auth.0003_d (auth.0001_a, blog.0001_e); blog.0002_b (blog.0001_e); auth.0004_f (auth.0003_d, blog.0001_e); auth.0005_e (auth.0004_f)",
      "", "all",
      "auth.0001_a, auth.0002_e, blog.0001_e, auth.0003_d, auth.0004_f, auth.0005_e, blog.0002_b")
GRAPH("auth.0001_a; blog.0001_e; auth.0002_e (auth.0001_a); auth.0003_d (auth.0001_a, blog.0001_e); blog.0002_b (blog.0001_e); auth.0004_f (auth.0003_d, blog.0001_e); auth.0005_e (auth.0004_f)",
      "auth.0001_a, auth.0002_e, blog.0001_e, auth.0003_d, auth.0004_f", "blog.zero",
      "-auth.0004_f, -auth.0003_d, -blog.0001_e")
GRAPH("auth.0001_a; blog.0001_e; auth.0002_e (auth.0001_a); auth.0003_d (auth.0001_a, blog.0001_e); blog.0002_b (blog.0001_e); auth.0004_f (auth.0003_d, blog.0001_e); auth.0005_e (auth.0004_f)",
      "auth.0001_a, auth.0002_e", "all",
      "blog.0001_e, auth.0003_d, auth.0004_f, auth.0005_e, blog.0002_b")
GRAPH("shop.0001_a; auth.0001_a; shop.0002_e (shop.0001_a)",
      "", "all",
      "auth.0001_a, shop.0001_a, shop.0002_e")
GRAPH("shop.0001_a; auth.0001_a; shop.0002_e (shop.0001_a)",
      "auth.0001_a", "shop.zero",
      "")
GRAPH("shop.0001_a; auth.0001_a; shop.0002_e (shop.0001_a)",
      "auth.0001_a, shop.0001_a, shop.0002_e", "shop.0001_a",
      "-shop.0002_e")
GRAPH("shop.0001_a; auth.0001_a",
      "", "all",
      "auth.0001_a, shop.0001_a")
GRAPH("shop.0001_a; auth.0001_a",
      "auth.0001_a", "shop.0001_a",
      "shop.0001_a")
GRAPH("shop.0001_a; auth.0001_a",
      "auth.0001_a", "auth.zero",
      "-auth.0001_a")
GRAPH("blog.0001_b; blog.0002_c (blog.0001_b); blog.0003_d (blog.0002_c); blog.0004_b (blog.0003_d); blog.0005_a (blog.0004_b); shop.0001_f (blog.0002_c) <blog.0001_b; shop.0002_a (shop.0001_f)",
      "", "all",
      "CircularDependencyError")
GRAPH("blog.0001_a; auth.0001_d (blog.0001_a); blog.0002_c (blog.0001_a, auth.0001_d); shop.0001_b; blog.0003_c (blog.0001_a, shop.0001_b)",
      "", "all",
      "blog.0001_a, auth.0001_d, blog.0002_c, shop.0001_b, blog.0003_c")
GRAPH("blog.0001_a; auth.0001_d (blog.0001_a); blog.0002_c (blog.0001_a, auth.0001_d); shop.0001_b; blog.0003_c (blog.0001_a, shop.0001_b)",
      "blog.0001_a, auth.0001_d", "all",
      "blog.0002_c, shop.0001_b, blog.0003_c")
GRAPH("blog.0001_a; auth.0001_d (blog.0001_a); blog.0002_c (blog.0001_a, auth.0001_d); shop.0001_b; blog.0003_c (blog.0001_a, shop.0001_b)",
      "blog.0001_a, auth.0001_d, blog.0002_c, shop.0001_b, blog.0003_c", "all",
      "")
GRAPH("blog.0001_a; auth.0001_c (blog.0001_a); shop.0001_f; shop.0002_e (shop.0001_f); auth.0002_b (auth.0001_c, blog.0001_a, shop.0002_e); blog.0002_c (blog.0001_a, auth.0001_c); shop.0003_e (shop.0002_e, auth.0002_b); auth.0003_b (auth.0002_b, blog.__first__); auth.0004_f (auth.0003_b); auth.0002_b_squashed_0003_b (auth.0001_c, blog.0001_a, blog.__first__, shop.0002_e) =auth.0002_b, auth.0003_b",
      "", "all",
      "shop.0001_f, shop.0002_e, blog.0001_a, auth.0001_c, auth.0002_b_squashed_0003_b, auth.0004_f, blog.0002_c, shop.0003_e")
GRAPH("blog.0001_a; auth.0001_c (blog.0001_a); shop.0001_f; shop.0002_e (shop.0001_f); auth.0002_b (auth.0001_c, blog.0001_a, shop.0002_e); blog.0002_c (blog.0001_a, auth.0001_c); shop.0003_e (shop.0002_e, auth.0002_b); auth.0003_b (auth.0002_b, blog.__first__); auth.0004_f (auth.0003_b); auth.0002_b_squashed_0003_b (auth.0001_c, blog.0001_a, blog.__first__, shop.0002_e) =auth.0002_b, auth.0003_b",
      "blog.0001_a, auth.0001_c, shop.0001_f, shop.0002_e", "shop.0001_f",
      "-shop.0002_e")
GRAPH("blog.0001_a; auth.0001_c (blog.0001_a); shop.0001_f; shop.0002_e (shop.0001_f); auth.0002_b (auth.0001_c, blog.0001_a, shop.0002_e); blog.0002_c (blog.0001_a, auth.0001_c); shop.0003_e (shop.0002_e, auth.0002_b); auth.0003_b (auth.0002_b, blog.__first__); auth.0004_f (auth.0003_b); auth.0002_b_squashed_0003_b (auth.0001_c, blog.0001_a, blog.__first__, shop.0002_e) =auth.0002_b, auth.0003_b",
      "", "blog.zero",
      "")
GRAPH("auth.0001_d; auth.0002_f (auth.0001_d); blog.0001_d (auth.0001_d); blog.0002_b (blog.0001_d); auth.0003_a (auth.0002_f); blog.0003_c (blog.0002_b, auth.0003_a); blog.0004_b (blog.0003_c, auth.0002_f); blog.0005_a (blog.0001_d); auth.0001_d_squashed_0003_a =auth.0001_d, auth.0002_f, auth.0003_a",
      "", "all",
      "auth.0001_d_squashed_0003_a, blog.0001_d, blog.0002_b, blog.0003_c, blog.0004_b, blog.0005_a")
GRAPH("auth.0001_d; auth.0002_f (auth.0001_d); blog.0001_d (auth.0001_d); blog.0002_b (blog.0001_d); auth.0003_a (auth.0002_f); blog.0003_c (blog.0002_b, auth.0003_a); blog.0004_b (blog.0003_c, auth.0002_f); blog.0005_a (blog.0001_d); auth.0001_d_squashed_0003_a =auth.0001_d, auth.0002_f, auth.0003_a",
      "", "blog.zero",
      "")
GRAPH("auth.0001_d; auth.0002_f (auth.0001_d); blog.0001_d (auth.0001_d); blog.0002_b (blog.0001_d); auth.0003_a (auth.0002_f); blog.0003_c (blog.0002_b, auth.0003_a); blog.0004_b (blog.0003_c, auth.0002_f); blog.0005_a (blog.0001_d); auth.0001_d_squashed_0003_a =auth.0001_d, auth.0002_f, auth.0003_a",
      "auth.0001_d, auth.0002_f, blog.0001_d, blog.0002_b, auth.0003_a, blog.0003_c, blog.0004_b, blog.0005_a", "blog.zero",
      "-blog.0005_a, -blog.0004_b, -blog.0003_c, -blog.0002_b, -blog.0001_d")
GRAPH("shop.0001_e; auth.0001_e (shop.0001_e); blog.0001_d; auth.0002_b (auth.0001_e); blog.0002_e (blog.0001_d, auth.0001_e)",
      "", "all",
      "shop.0001_e, auth.0001_e, auth.0002_b, blog.0001_d, blog.0002_e")
GRAPH("shop.0001_e; auth.0001_e (shop.0001_e); blog.0001_d; auth.0002_b (auth.0001_e); blog.0002_e (blog.0001_d, auth.0001_e)",
      "shop.0001_e, auth.0001_e, auth.0002_b, blog.0001_d, blog.0002_e", "all",
      "")
GRAPH("shop.0001_e; auth.0001_e (shop.0001_e); blog.0001_d; auth.0002_b (auth.0001_e); blog.0002_e (blog.0001_d, auth.0001_e)",
      "shop.0001_e, auth.0001_e, auth.0002_b", "all",
      "blog.0001_d, blog.0002_e")
GRAPH("shop.0001_e; shop.0002_e (shop.0001_e); blog.0001_a (shop.__first__); auth.0001_a; auth.0002_f (auth.0001_a, blog.0001_a); blog.0002_b (blog.0001_a)",
      "", "all",
      "shop.0001_e, blog.0001_a, auth.0001_a, auth.0002_f, blog.0002_b, shop.0002_e")
GRAPH("shop.0001_e; shop.0002_e (shop.0001_e); blog.0001_a (shop.__first__); auth.0001_a; auth.0002_f (auth.0001_a, blog.0001_a); blog.0002_b (blog.0001_a)",
      "shop.0001_e, blog.0001_a", "shop.zero",
      "-blog.0001_a, -shop.0001_e")
GRAPH("auth.0001_a; shop.0001_c; shop.0002_a (shop.0001_c); auth.0002_b (auth.0001_a); shop.0003_f (shop.0002_a); auth.0003_f (auth.0002_b); blog.0001_a (shop.0001_c); blog.0002_c (blog.0001_a, shop.0001_c); blog.0003_e (blog.0002_c); shop.0001_c_squashed_0002_a =shop.0001_c, shop.0002_a",
      "", "all",
      "auth.0001_a, auth.0002_b, auth.0003_f, shop.0001_c_squashed_0002_a, blog.0001_a, blog.0002_c, blog.0003_e, shop.0003_f")
GRAPH("auth.0001_a; shop.0001_c; shop.0002_a (shop.0001_c); auth.0002_b (auth.0001_a); shop.0003_f (shop.0002_a); auth.0003_f (auth.0002_b); blog.0001_a (shop.0001_c); blog.0002_c (blog.0001_a, shop.0001_c); blog.0003_e (blog.0002_c); shop.0001_c_squashed_0002_a =shop.0001_c, shop.0002_a",
      "auth.0001_a, shop.0001_c, shop.0002_a, auth.0002_b, shop.0003_f", "all",
      "auth.0003_f, blog.0001_a, blog.0002_c, blog.0003_e")
GRAPH("auth.0001_a; shop.0001_c; shop.0002_a (shop.0001_c); auth.0002_b (auth.0001_a); shop.0003_f (shop.0002_a); auth.0003_f (auth.0002_b); blog.0001_a (shop.0001_c); blog.0002_c (blog.0001_a, shop.0001_c); blog.0003_e (blog.0002_c); shop.0001_c_squashed_0002_a =shop.0001_c, shop.0002_a",
      "auth.0001_a, shop.0001_c, shop.0002_a, auth.0002_b", "shop.0003_f",
      "shop.0003_f")
GRAPH("blog.0001_f; blog.0002_f (blog.0001_f); auth.0001_f (blog.0001_f); blog.0003_f (blog.0002_f); shop.0001_f (auth.0001_f, blog.0002_f); shop.0002_a (shop.0001_f, auth.0001_f, blog.0002_f); auth.0002_f (auth.0001_f, blog.0001_f); shop.0003_f (shop.0002_a); blog.0002_f_squashed_0003_f (blog.0001_f) =blog.0002_f, blog.0003_f",
      "", "all",
      "blog.0001_f, auth.0001_f, auth.0002_f, blog.0002_f_squashed_0003_f, shop.0001_f, shop.0002_a, shop.0003_f")
GRAPH("blog.0001_f; blog.0002_f (blog.0001_f); auth.0001_f (blog.0001_f); blog.0003_f (blog.0002_f); shop.0001_f (auth.0001_f, blog.0002_f); shop.0002_a (shop.0001_f, auth.0001_f, blog.0002_f); auth.0002_f (auth.0001_f, blog.0001_f); shop.0003_f (shop.0002_a); blog.0002_f_squashed_0003_f (blog.0001_f) =blog.0002_f, blog.0003_f",
      "blog.0001_f, blog.0002_f, auth.0001_f, blog.0003_f, shop.0001_f, shop.0002_a, auth.0002_f", "all",
      "shop.0003_f")
GRAPH("blog.0001_f; blog.0002_f (blog.0001_f); auth.0001_f (blog.0001_f); blog.0003_f (blog.0002_f); shop.0001_f (auth.0001_f, blog.0002_f); shop.0002_a (shop.0001_f, auth.0001_f, blog.0002_f); auth.0002_f (auth.0001_f, blog.0001_f); shop.0003_f (shop.0002_a); blog.0002_f_squashed_0003_f (blog.0001_f) =blog.0002_f, blog.0003_f",
      "blog.0001_f", "blog.0001_f",
      "")
GRAPH("shop.0001_c; auth.0001_c (shop.0001_c); auth.0002_a (auth.0001_c); auth.0003_d (auth.0002_a); auth.0001_c_squashed_0003_d (shop.0001_c) =auth.0001_c, auth.0002_a, auth.0003_d",
      "", "all",
      "shop.0001_c, auth.0001_c_squashed_0003_d")
GRAPH("shop.0001_c; auth.0001_c (shop.0001_c); auth.0002_a (auth.0001_c); auth.0003_d (auth.0002_a); auth.0001_c_squashed_0003_d (shop.0001_c) =auth.0001_c, auth.0002_a, auth.0003_d",
      "shop.0001_c, auth.0001_c", "shop.zero",
      "-auth.0001_c, -shop.0001_c")
GRAPH("shop.0001_c; auth.0001_c (shop.0001_c); auth.0002_a (auth.0001_c); auth.0003_d (auth.0002_a); auth.0001_c_squashed_0003_d (shop.0001_c) =auth.0001_c, auth.0002_a, auth.0003_d",
      "shop.0001_c, auth.0001_c, auth.0002_a, auth.0003_d", "all",
      "")
GRAPH("blog.0001_c; auth.0001_e; auth.0002_d (auth.0001_e); blog.0002_e (blog.0001_c); auth.0003_a (auth.0001_e, blog.0002_e); shop.0001_c (auth.__first__); auth.0004_f (auth.0003_a, blog.0001_c); shop.0002_d (shop.0001_c, auth.0004_f, blog.0001_c); auth.0002_d_squashed_0003_a (auth.0001_e, blog.0002_e) =auth.0002_d, auth.0003_a",
      "", "all",
      "blog.0001_c, blog.0002_e, auth.0001_e, auth.0002_d_squashed_0003_a, auth.0004_f, shop.0001_c, shop.0002_d")
GRAPH("blog.0001_c; auth.0001_e; auth.0002_d (auth.0001_e); blog.0002_e (blog.0001_c); auth.0003_a (auth.0001_e, blog.0002_e); shop.0001_c (auth.__first__); auth.0004_f (auth.0003_a, blog.0001_c); shop.0002_d (shop.0001_c, auth.0004_f, blog.0001_c); auth.0002_d_squashed_0003_a (auth.0001_e, blog.0002_e) =auth.0002_d, auth.0003_a",
      "", "auth.zero",
      "")
GRAPH("blog.0001_c; auth.0001_e; auth.0002_d (auth.0001_e); blog.0002_e (blog.0001_c); auth.0003_a (auth.0001_e, blog.0002_e); shop.0001_c (auth.__first__); auth.0004_f (auth.0003_a, blog.0001_c); shop.0002_d (shop.0001_c, auth.0004_f, blog.0001_c); auth.0002_d_squashed_0003_a (auth.0001_e, blog.0002_e) =auth.0002_d, auth.0003_a",
      "blog.0001_c, auth.0001_e", "blog.zero",
      "-blog.0001_c")
GRAPH("shop.0001_a; blog.0001_a; auth.0001_a (blog.0001_a); shop.0002_b (shop.0001_a); auth.0002_f (auth.0001_a, blog.__first__, shop.0002_b)",
      "", "all",
      "shop.0001_a, shop.0002_b, blog.0001_a, auth.0001_a, auth.0002_f")
GRAPH("shop.0001_a; blog.0001_a; auth.0001_a (blog.0001_a); shop.0002_b (shop.0001_a); auth.0002_f (auth.0001_a, blog.__first__, shop.0002_b)",
      "shop.0001_a, shop.0002_b, blog.0001_a, auth.0001_a", "all",
      "auth.0002_f")
GRAPH("shop.0001_a; blog.0001_a; auth.0001_a (blog.0001_a); shop.0002_b (shop.0001_a); auth.0002_f (auth.0001_a, blog.__first__, shop.0002_b)",
      "shop.0001_a, shop.0002_b", "shop.zero",
      "-shop.0002_b, -shop.0001_a")
GRAPH("blog.0001_d; auth.0001_d (blog.0001_d); shop.0001_b; auth.0002_c (auth.0001_d, blog.0001_d, shop.0001_b); auth.0003_d (auth.0002_c, blog.0001_d); blog.0002_f (blog.0001_d); shop.0002_d (shop.0001_b, blog.__first__); auth.0001_d_squashed_0003_d (blog.0001_d, shop.0001_b) =auth.0001_d, auth.0002_c, auth.0003_d",
      "", "all",
      "shop.0001_b, blog.0001_d, auth.0001_d_squashed_0003_d, blog.0002_f, shop.0002_d")
GRAPH("blog.0001_d; auth.0001_d (blog.0001_d); shop.0001_b; auth.0002_c (auth.0001_d, blog.0001_d, shop.0001_b); auth.0003_d (auth.0002_c, blog.0001_d); blog.0002_f (blog.0001_d); shop.0002_d (shop.0001_b, blog.__first__); auth.0001_d_squashed_0003_d (blog.0001_d, shop.0001_b) =auth.0001_d, auth.0002_c, auth.0003_d",
      "blog.0001_d, auth.0001_d, shop.0001_b, auth.0002_c, auth.0003_d, blog.0002_f, shop.0002_d", "all",
      "")
GRAPH("blog.0001_d; auth.0001_d (blog.0001_d); shop.0001_b; auth.0002_c (auth.0001_d, blog.0001_d, shop.0001_b); auth.0003_d (auth.0002_c, blog.0001_d); blog.0002_f (blog.0001_d); shop.0002_d (shop.0001_b, blog.__first__); auth.0001_d_squashed_0003_d (blog.0001_d, shop.0001_b) =auth.0001_d, auth.0002_c, auth.0003_d",
      "", "blog.zero",
      "")
GRAPH("auth.0001_a; shop.0001_f; shop.0002_b (shop.0001_f); shop.0003_e (shop.0002_b, auth.0001_a); blog.0001_f (auth.0001_a, shop.0002_b); blog.0002_c (blog.0001_f); blog.0003_b (blog.0002_c, shop.__first__); auth.0002_b (auth.0001_a); auth.0003_c (auth.0001_a); blog.0001_f_squashed_0003_b (auth.0001_a, shop.0002_b, shop.__first__) =blog.0001_f, blog.0002_c, blog.0003_b",
      "", "all",
      "auth.0001_a, auth.0002_b, auth.0003_c, shop.0001_f, shop.0002_b, blog.0001_f_squashed_0003_b, shop.0003_e")
GRAPH("auth.0001_a; shop.0001_f; shop.0002_b (shop.0001_f); shop.0003_e (shop.0002_b, auth.0001_a); blog.0001_f (auth.0001_a, shop.0002_b); blog.0002_c (blog.0001_f); blog.0003_b (blog.0002_c, shop.__first__); auth.0002_b (auth.0001_a); auth.0003_c (auth.0001_a); blog.0001_f_squashed_0003_b (auth.0001_a, shop.0002_b, shop.__first__) =blog.0001_f, blog.0002_c, blog.0003_b",
      "auth.0001_a, shop.0001_f, shop.0002_b, shop.0003_e, blog.0001_f, blog.0002_c", "auth.zero",
      "-shop.0003_e, -blog.0002_c, -blog.0001_f, -auth.0001_a")
GRAPH("auth.0001_a; shop.0001_f; shop.0002_b (shop.0001_f); shop.0003_e (shop.0002_b, auth.0001_a); blog.0001_f (auth.0001_a, shop.0002_b); blog.0002_c (blog.0001_f); blog.0003_b (blog.0002_c, shop.__first__); auth.0002_b (auth.0001_a); auth.0003_c (auth.0001_a); blog.0001_f_squashed_0003_b (auth.0001_a, shop.0002_b, shop.__first__) =blog.0001_f, blog.0002_c, blog.0003_b",
      "auth.0001_a, shop.0001_f, shop.0002_b, shop.0003_e", "shop.zero",
      "-shop.0003_e, -shop.0002_b, -shop.0001_f")
GRAPH("auth.0001_a; shop.0001_b (auth.0001_a); shop.0002_a (shop.0001_b, auth.0001_a); auth.0002_b (auth.0001_a); shop.0003_f (shop.0002_a)",
      "", "all",
      "auth.0001_a, auth.0002_b, shop.0001_b, shop.0002_a, shop.0003_f")
GRAPH("auth.0001_a; shop.0001_b (auth.0001_a); shop.0002_a (shop.0001_b, auth.0001_a); auth.0002_b (auth.0001_a); shop.0003_f (shop.0002_a)",
      "auth.0001_a, auth.0002_b, shop.0001_b, shop.0002_a", "shop.zero",
      "-shop.0002_a, -shop.0001_b")
GRAPH("auth.0001_a; shop.0001_b (auth.0001_a); shop.0002_a (shop.0001_b, auth.0001_a); auth.0002_b (auth.0001_a); shop.0003_f (shop.0002_a)",
      "", "auth.0001_a",
      "auth.0001_a")
