// Queries to start from. Names are filled in from what the store holds (see editor.js).

export const EXAMPLES = [
  {
    zh: "一所机构和它的合作者", en: "An organization and its collaborators",
    variables: ["name"],
    query: `query ($name: String!) {
  organization(name: $name) {
    name aliases kind sector place
    collaborators(first: 5) {
      totalCount
      nodes {
        organization { name kind }
        weight documentCount firstDate lastDate
        events(first: 3) {
          nodes { kind date participants { role entity { name } } evidence { quote document { title } } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
  },
  {
    zh: "两所机构之间的路径", en: "Paths between two organizations",
    variables: ["from", "to"],
    query: `query ($from: String!, $to: String!) {
  path(from: $from, to: $to, k: 3) {
    length
    nodes { id name kindLabel }
    hops {
      from { name }
      to { name }
      supports(first: 2) {
        kind name title date confidence fromRoles toRoles
        evidence { quote start end document { title published } }
      }
    }
  }
}`,
  },
  {
    zh: "谁是桥梁", en: "Who bridges the network",
    query: `{
  bridges(first: 10) {
    rank score neighbours sectors places
    organization { name kind sector place }
    evidence { quote document { title published } }
  }
}`,
  },
  {
    zh: "2021 年以来连接各部门的桥梁", en: "Bridges between sectors since 2021, and how sure their ranks are",
    query: `{
  bridges(by: sector, first: 10, view: { since: "2021", minConfidence: 0.5 }) {
    rank score
    parts { part value standing }
    rankInterval { low high }
    rankByConfidence { confidence rank }
    organization { name kind sector place }
    evidence { quote document { title published } }
  }
}`,
  },
  {
    zh: "最可信的路径", en: "The most trustworthy paths",
    variables: ["from", "to"],
    query: `query ($from: String!, $to: String!) {
  paths(from: $from, to: $to, by: confidence, k: 3) {
    value
    nodes { id name kindLabel }
    hops { documentCount supports(first: 2) { kind date confidence evidence { quote } } }
  }
  allShortestPaths(from: $from, to: $to, first: 5) {
    total length
    paths { nodes { name } }
  }
}`,
  },
  {
    zh: "2020 年以来的 PageRank", en: "PageRank since 2020, universities only",
    query: `{
  centrality(measure: pagerank, sector: university, since: "2020", first: 10) {
    nodes { rank score organization { name place } }
  }
}`,
  },
  {
    zh: "搜索企业", en: "Search and page through firms",
    query: `{
  organizations(sector: firm, first: 10) {
    totalCount
    edges { cursor node { id name aliases kind place } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    zh: "签约事件和金额", en: "Signings with amounts and parties",
    query: `{
  events(kind: Signing, first: 10) {
    totalCount
    nodes {
      date status amount { text value currency }
      participants { role entity { name } }
      evidence { quote }
    }
  }
}`,
  },
  {
    zh: "人物和职务", en: "People and their posts",
    query: `{
  people(first: 10) {
    nodes {
      name
      posts { nodes { title organization { name } evidence { quote } } }
    }
  }
}`,
  },
  {
    zh: "图谱统计", en: "What the graph holds",
    query: `{
  revision
  counts {
    documents organizations people events relations
    entitiesByKind { name label count }
    organizationsBySector { name label count }
    eventsByKind { name label count }
    relationsByKind { name label count }
  }
}`,
  },
];
