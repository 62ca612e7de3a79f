const { DynamoDBClient, GetItemCommand, PutItemCommand } = require('@aws-sdk/client-dynamodb');

const dynamodb = new DynamoDBClient({});
const TableName = process.env.ENTRIES;

exports.handler = async (event) => {
  if (event.routeKey === 'GET /entries/{id}') {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: { id: { S: event.pathParameters.id } }, ConsistentRead: true }),
    );
    return Item
      ? { id: Item.id.S, text: Item.text.S, thanked: Item.thanked?.BOOL ?? false }
      : { statusCode: 404, body: 'no such entry' };
  }
  const { id, text } = JSON.parse(event.body);
  await dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: id }, text: { S: text } } }));
  return { statusCode: 201, headers: { location: `/entries/${id}` }, body: '' };
};
